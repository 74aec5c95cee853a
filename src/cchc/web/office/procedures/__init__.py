"""The room «Thủ tục»: the catalogue, a procedure through its versions, the editor, phrases, import."""
