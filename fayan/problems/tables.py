"""What can be wrong with the tables of a population: FY730x–FY731x and FY736x the files and their headings, FY732x–FY733x a row.

What is wrong with a single value is said as for the facts of one enterprise (FY71xx, FY72xx).
"""

from __future__ import annotations

from fayan.problems.data import DataProblem
from fayan_dsl.problem import Problem, Term

# ---------------------------------------------------------------- files and headings


class UnknownFormat(Problem):
    code = "FY7301"
    name = "unknown-table-format"
    zh = "「{path}」不是能读的表"
    en = "“{path}” is no table that can be read"
    help_zh = "能读 .xlsx 工作簿、.csv、.parquet、.jsonl，或者装着它们的文件夹；.xls 请另存为 .xlsx，与企业的表无关的文件请移走。"
    help_en = "Tables are .xlsx workbooks, .csv, .parquet, .jsonl, or a folder of them; save .xls as .xlsx and move out files that are no tables."
    path: str


class NoTables(Problem):
    code = "FY7302"
    name = "no-tables"
    zh = "「{path}」里没有表"
    en = "there are no tables in “{path}”"
    help_zh = "放入 企业.csv 等以清单名命名的文件，或者用 fayan template 写一个空的工作簿来填。"
    help_en = "Put in 企业.csv and files named after the lists, or fill in a workbook that fayan template writes."
    path: str


class NoEnterpriseTable(Problem):
    code = "FY7303"
    name = "no-enterprise-table"
    zh = "没有“企业”这张表，不知道要判定哪些企业"
    en = "there is no table 企业, so it is not known which enterprises to decide"
    help_zh = "加一张名为“企业”的表，每户一行，有“统一社会信用代码”一列。"
    help_en = "Add a table 企业 with a row for each enterprise and a column 统一社会信用代码."


class UnknownSheet(Problem):
    code = "FY7304"
    name = "unknown-sheet"
    zh = "政策没有名为“{given}”的清单"
    en = "the policy has no list “{given}”"
    help_zh = "表名用：{listed}。与政策无关的表请移走。"
    help_en = "Sheets are named {listed}. Move out what is not about the policy."
    given: str
    listed: Term


class RepeatedSheet(Problem):
    code = "FY7305"
    name = "repeated-sheet"
    zh = "“{given}”这张表给了两次（{first}、{second}），不知道以哪个为准"
    en = "the table “{given}” is given twice ({first}, {second}); it is not clear which one counts"
    help_zh = "合成一张，或者只留一张。"
    help_en = "Make one of the two, or keep only one."
    given: str
    first: str
    second: str


class UnknownColumn(Problem):
    code = "FY7306"
    name = "unknown-column"
    zh = "“{sheet}”没有名为“{given}”的列"
    en = "“{sheet}” has no column “{given}”"
    help_zh = "列名用：{listed}。与政策无关的列请删去。"
    help_en = "Columns are named {listed}. Remove those that are not about the policy."
    sheet: str
    given: str
    listed: Term


class NoteInHeading(Problem):
    code = "FY7361"
    name = "note-in-heading"
    zh = "“{sheet}”的列名“{given}”里除了名字还有别的字"
    en = "the column name “{given}” of “{sheet}” has more than the name in it"
    help_zh = "列名只写“{wanted}”；单位写在每一格的数后面，如 5000万元。"
    help_en = "Write just “{wanted}”; a unit goes after each number, like 5000万元."
    sheet: str
    given: str
    wanted: str


class UnitApart(Problem):
    code = "FY7362"
    name = "unit-apart"
    zh = "“{sheet}”第 {row} 行写着“{given}”，下面的数却不带单位：照元、平方米读，会差出许多倍"
    en = "row {row} of “{sheet}” says “{given}”, but the numbers below have no unit and would be read as 元 or 平方米, many times off"
    help_zh = "单位写进每一格，如 10万元，或者换算成元、平方米再填；然后删去这一行。"
    help_en = (
        "Write the unit into each cell, like 10万元, or convert the numbers to 元 and 平方米; then remove the row."
    )
    sheet: str
    row: int
    given: str


class OtherSeparator(Problem):
    code = "FY7363"
    name = "other-separator"
    zh = "「{path}」的各格是用{separator}分开的，不是半角逗号"
    en = "the cells of “{path}” are divided by {separator} and not by commas"
    help_zh = "用表格软件打开，另存为“CSV UTF-8（逗号分隔）”。"
    help_en = "Open it in a spreadsheet program and save it as CSV UTF-8 (comma delimited)."
    path: str
    separator: Term


class EmptyTable(Problem):
    code = "FY7364"
    name = "empty-table"
    zh = "「{path}」是空的，连列名也没有"
    en = "“{path}” is empty: not even the columns are named"
    help_zh = "照模板写上列名；一条也没有的清单只留列名，不知道有没有的把这个文件去掉。"
    help_en = "Name the columns as in the template; keep just the names for a list without items, and leave out the file where it is not known."
    path: str


class NoEnterprises(Problem):
    code = "FY7365"
    name = "no-enterprises"
    zh = "“企业”里一户也没有，没有什么可以判定"
    en = "there is no enterprise in 企业, so there is nothing to decide"
    help_zh = "每户写一行；填好的可能是另一个文件，请核对。"
    help_en = "Give each enterprise a row; perhaps another file is the one that was filled in."


class RepeatedColumn(Problem):
    code = "FY7307"
    name = "repeated-column"
    zh = "“{sheet}”里有两列都叫“{given}”，不知道以哪列为准"
    en = "two columns of “{sheet}” are called “{given}”; it is not clear which one counts"
    help_zh = "只留一列。"
    help_en = "Keep only one of the two."
    sheet: str
    given: str


class UnnamedColumn(Problem):
    code = "FY7308"
    name = "unnamed-column"
    zh = "“{sheet}”第 {column} 列有内容，第一行却没有列名"
    en = "column {column} of “{sheet}” has contents but no name in the first row"
    help_zh = "在第一行写上列名；表名、制表单位等标题行请删去。"
    help_en = "Write its name into the first row; remove title rows above it."
    sheet: str
    column: str


class NoKeyColumn(Problem):
    code = "FY7309"
    name = "no-key-column"
    zh = "“{sheet}”没有“统一社会信用代码”一列，不知道每一行是哪一户的"
    en = "“{sheet}” has no column 统一社会信用代码, so it is not known whose row is whose"
    help_zh = "第一行写列名，其中要有“统一社会信用代码”；每一行都写上企业的代码。"
    help_en = "The first row has the names of the columns, among them 统一社会信用代码; give the code on every row."
    sheet: str


class Undecodable(Problem):
    code = "FY7310"
    name = "undecodable"
    zh = "「{path}」既不是 UTF-8 也不是 GB18030 编码：按 UTF-8 第 {line} 行读不出，按 GB18030 第 {other} 行读不出"
    en = "“{path}” is neither UTF-8 (see line {line}) nor GB18030 (see line {other})"
    help_zh = "请另存为“CSV UTF-8”。"
    help_en = "Save it as CSV UTF-8."
    path: str
    line: int
    other: int


class BadTable(Problem):
    code = "FY7311"
    name = "bad-table"
    zh = "「{path}」打不开，可能已损坏：{reason}"
    en = "“{path}” cannot be opened and may be damaged: {reason}"
    help_zh = "请用写出它的程序打开核对，再另存一份。"
    help_en = "Open it in the program that wrote it and save it anew."
    path: str
    reason: Term


class NoWorkbook(Problem):
    code = "FY7366"
    name = "no-workbook"
    zh = "「{path}」不是 .xlsx 工作簿，里面是{found}"
    en = "“{path}” is no .xlsx workbook: it is {found}"
    help_zh = "请用表格软件打开，取消密码，另存为 .xlsx；只改名字不改格式。"
    help_en = "Open it in a spreadsheet program, take off the password and save it as .xlsx; another name alone does not change what it is."
    path: str
    found: Term


class RowsInOne(Problem):
    code = "FY7317"
    name = "rows-in-one"
    zh = "「{path}」第 {row} 行有一个双引号没有配对，下面的行并进了它这一格，分不清从哪里到哪里是一行"
    en = "a double quote on row {row} of “{path}” is not closed there, so that the rows below became part of its cell and cannot be told apart"
    help_zh = "删去多余的双引号，或者在这一格的末尾补上；格里本来就有双引号的，写两个，整格再用双引号括起来。"
    help_en = "Remove the stray quote or close it at the end of the cell; double a quote that belongs to the text and put the cell in quotes."
    path: str
    row: int


class OutOfPlace(Problem):
    code = "FY7318"
    name = "table-out-of-place"
    zh = "「{path}」放在这里不会读"
    en = "“{path}” is not read where it is"
    help_zh = "表直接放在文件夹里，以清单名命名；分成几份的，各份是一个文件夹，各有自己的全部的表，外面除“全区”外不再放表；比较两版时，分成几份的限 Parquet。"
    help_en = "Tables stand in the folder itself, named after the lists; of a population in parts each part is a folder with all of its tables, and only 全区 stands beside them; where two versions are compared, parts are Parquet."
    path: str


class WronglyTyped(Problem):
    code = "FY7319"
    name = "wrong-column-type"
    zh = "“{sheet}”的“{given}”一列存的类型是 {type}，要的是{wanted}"
    en = "column “{given}” of “{sheet}” has the type {type} where {wanted} is wanted"
    help_zh = "把这一列转成要的类型，核对以后再存。"
    help_en = "Convert the column, check its values and write the file again."
    sheet: str
    given: str
    type: str
    wanted: Term


class DistrictRows(Problem):
    code = "FY7312"
    name = "district-rows"
    zh = "“全区”要有一行，这里有 {count} 行"
    en = "“全区” has one row; here are {count}"
    help_zh = "全区的数只写一行；不知道的留空，或者不给这张表。"
    help_en = "Give the figures of the district on one row; leave blank what is not known, or leave the table out."
    count: int


class DistrictFault(Problem):
    code = "FY7313"
    name = "district-fault"
    zh = "全区的数有错，每一户都会用到，所以没有判定：{fault}"
    en = "a figure of the district is wrong, and every enterprise depends on it: {fault}"
    help_zh = "先改好“全区”这张表。"
    help_en = "Correct the table 全区 first."
    fault: Term


class SheetTooLarge(Problem):
    code = "FY7314"
    name = "sheet-too-large"
    zh = "“{path}”有 {cells} 个格子，超过 {limit} 个"
    en = "“{path}” has {cells} cells, more than {limit}"
    help_zh = "删去远处误填的格子；确有这么多行的，改用 CSV 或 Parquet。"
    help_en = "Clear cells filled far outside by mistake; for so many rows use CSV or Parquet."
    path: str
    cells: int
    limit: int


class NoEnterpriseFacts(Problem):
    code = "FY7315"
    name = "no-enterprise-facts"
    zh = "政策没有声明企业的事实，没有什么可以按企业判定"
    en = "the policy declares no facts of enterprises, so there is nothing to decide for one"
    help_zh = "只有原文、没有规则的政策不能批量判定；规则要用的事实写在“事实 企业”下。"
    help_en = "A policy of words without rules cannot be applied to a population; facts that rules need stand under 事实 企业."


class FileThere(Problem):
    code = "FY7316"
    name = "file-exists"
    zh = "已经有「{path}」，不覆盖它"
    en = "“{path}” is there already and is not overwritten"
    help_zh = "填好的表可能就在里面：换一个名字，或者先把它移走。"
    help_en = "It may hold what has been filled in: choose another name, or move it away first."
    path: str


# ---------------------------------------------------------------- rows


class NoKey(DataProblem):
    code = "FY7320"
    name = "no-key"
    zh = "这一行没有写{where}，不知道是哪一户的。"
    en = "This row has no {where}, so it is not known whose it is."
    help_zh = "补上代码；合并的单元格要拆开，每一行都写。"
    help_en = "Give the code; split merged cells and write it on every row."


class HeaderAgain(DataProblem):
    code = "FY7332"
    name = "header-again"
    zh = "这一行又是列名，不是数据。"
    en = "This row repeats the names of the columns and holds no data."
    help_zh = "删去这一行。"
    help_en = "Remove the row."


class TotalRow(DataProblem):
    code = "FY7333"
    name = "total-row"
    zh = "这一行是“{given}”，不是哪一户的数据。"
    en = "This row is a total (“{given}”) and no one's data."
    help_zh = "删去这一行；合计由程序算。"
    help_en = "Remove the row: sums are worked out."


class NoteRow(DataProblem):
    code = "FY7335"
    name = "note-row"
    zh = "这一行是“{given}”，不是哪一户的数据。"
    en = "This row is a note (“{given}”) and no one's data."
    help_zh = "删去这一行；要留的话写到“说明”这张表里，那里不读。"
    help_en = "Remove the row; a sheet called 说明 is not read, and may keep it."


#: What is said of rows that are no one's.
OF_NO_ONE = (HeaderAgain, TotalRow, NoteRow)


class DuplicateEnterprise(DataProblem):
    code = "FY7321"
    name = "duplicate-enterprise"
    zh = "“{given}”在“企业”里写了 {first} 行，不知道以哪行为准。"
    en = "“{given}” stands on {first} rows of 企业; it is not clear which one counts."
    help_zh = "只留一行；都不对的，照营业执照改正代码。"
    help_en = "Keep one row, or correct the code from the business licence."


class OrphanRow(DataProblem):
    code = "FY7322"
    name = "orphan-row"
    zh = "“企业”里没有代码是“{given}”的一户。"
    en = "No row of 企业 has the code “{given}”."
    help_zh = "核对代码，或者在“企业”里补上这一户。"
    help_en = "Check the code, or add the enterprise to 企业."


class GoneWith(DataProblem):
    code = "FY7323"
    name = "gone-with-its-enterprise"
    zh = "同一户在“{first}”第 {second} 行有错，只凭一部分事实判定会出错，所以整户没有判定，这一行随之退回。"
    en = "Row {second} of “{first}”, of the same enterprise, is wrong; deciding on a part of its facts would be wrong, so that this row is rejected with it."
    help_zh = "改好那一处，整户再判定。"
    help_en = "Correct that place and decide the enterprise again."


class PerhapsIts(DataProblem):
    code = "FY7338"
    name = "perhaps-its-row"
    zh = "“{first}”第 {second} 行的代码“{given}”改一处就是这一户的，也可能是别家的；那一行真是它的，不算就会判错，所以整户没有判定。"
    en = "The code “{given}” on row {second} of “{first}” is one slip from that of this enterprise, and of others; deciding without a row of its own would be wrong."
    help_zh = "改正那一行的代码，再判定。"
    help_en = "Correct the code on that row and decide again."


class RaggedRow(DataProblem):
    code = "FY7324"
    name = "ragged-row"
    zh = "这一行有 {first} 格，列名有 {second} 个，对不上。"
    en = "This row has {first} cells, while there are {second} columns."
    help_zh = "值里有逗号的，用半角双引号括起来；缺的格子补上逗号，多余的双引号删去。"
    help_en = (
        "Put values with commas in double quotes; add commas for cells that are left out, and remove stray quotes."
    )


class FormulaCell(DataProblem):
    code = "FY7325"
    name = "formula-cell"
    zh = "{where}这一格是公式，算没算过、按什么算的都不知道，所以不取。"
    en = "{where} is a formula; whether it was worked out, and from what, is not known, so it is not taken."
    help_zh = "复制这一列，用“选择性粘贴—数值”贴回去。"
    help_en = "Copy the column and paste it back as values only."


class ErrorCell(DataProblem):
    code = "FY7326"
    name = "error-cell"
    zh = "{where}这一格是错误值“{given}”。"
    en = "{where} holds the error “{given}”."
    help_zh = "写上值；不知道的留空。"
    help_en = "Give the value, or leave the cell blank if it is not known."


class NotTextCell(DataProblem):
    code = "FY7327"
    name = "not-a-text-cell"
    zh = "{where}这一格存的是数或日期（{given}），不是文本，位数可能已经丢了。"
    en = "{where} is stored as a number or date ({given}), not as text; digits may have been lost."
    help_zh = "把这一列设为文本格式，再照原件重新填写，如 {example}。"
    help_en = "Format the column as text and type it again from the document, like {example}."


class DateAsNumber(DataProblem):
    code = "FY7334"
    name = "date-as-number"
    zh = "{where}这一格是数（{given}），不是日期；日期格式没有设，表格软件里的第 {given} 天是 {first}。"
    en = "{where} is a number ({given}), not a date; day {given} of spreadsheet programs is {first}."
    help_zh = "把这一列设为日期格式，核对以后再报。"
    help_en = "Format the column as dates, and check them."


class UnitInFormat(DataProblem):
    code = "FY7336"
    name = "unit-in-format"
    zh = "{where}这一格存的是 {given}，格式却让它带着“{first}”显示，不知道以哪个为准。"
    en = "{where} is stored as {given}, but its format shows it with “{first}”; it is not clear which one is meant."
    help_zh = "把单元格格式改成“常规”，核对以后带上单位重新填写，如 {example}。"
    help_en = "Make the format General, check the number and type it again with its unit, like {example}."


class ShortForm(DataProblem):
    """Excel and WPS save what they show: 1.23E+08 for 123456789 in a narrow column."""

    code = "FY7337"
    name = "short-form"
    zh = "{where}写成了“{given}”，是表格软件的短写法，后面的位数丢了。"
    en = "{where} is “{given}”, the short form of spreadsheet programs: its other digits are lost."
    help_zh = "在原来的表里把这一列设为数值格式，再另存为 CSV；或者照原件写全。"
    help_en = "Format the column as numbers in the workbook and save the CSV again, or write the number in full."


class BeyondDigits(DataProblem):
    code = "FY7328"
    name = "beyond-digits"
    zh = "{where}“{given}”超出表里能记的位数：整数 {first} 位，小数 {second} 位。"
    en = "{where}, “{given}”, has more digits than tables hold: {first} before the point, {second} after it."
    help_zh = "核对数字；算出来的数先舍入，再填进来。"
    help_en = "Check the number; round what was worked out before it goes in."


class Contradiction(DataProblem):
    code = "FY7329"
    name = "marked-otherwise"
    zh = "{where}写着“{given}”，同一户的“{first}”却不是这样。"
    en = "{where} says “{given}”, but “{first}” of the same enterprise does not agree."
    help_zh = "两处只能对一处，改正另一处。"
    help_en = "Only one of the two can be right; correct the other."


class BadPosition(DataProblem):
    code = "FY7331"
    name = "bad-position"
    zh = "这一户在“{given}”里的“序”不是从 0 起逐个编的。"
    en = "The positions (序) of this enterprise in “{given}” are not numbered 0, 1, 2, …"
    help_zh = "从 0 起逐个编号；或者删去“序”这一列，按行的先后算。"
    help_en = "Number them from 0, or remove the column 序 and let the order of the rows count."
