"""The judge: a second implementation of CONTRACT, and a comparison of what RiskCluster left behind with it.

It shares no code with the product. Sentences in quotation marks in the docstrings are CONTRACT's own.
"""
