"""The policy itself as a document: 原文 with its rules in plain sentences, tables, diagrams and the way from each to the other."""
