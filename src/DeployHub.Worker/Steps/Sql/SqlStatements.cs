namespace DeployHub.Worker.Steps.Sql;

/// <param name="Line">In the file, from 1, where the statement begins.</param>
internal sealed record SqlStatement(string Text, int Line)
{
    /// <summary>In lower case; comments before it are left out already.</summary>
    public string FirstWord => new([.. Text.TakeWhile(char.IsAsciiLetter).Select(char.ToLowerInvariant)]);
}

/// <summary>
/// Divides a PostgreSQL script at the semicolons that end statements: not those in strings, quoted names, dollar quotes, nested comments,
/// parentheses or the body of a function written between begin atomic and end.
/// </summary>
internal sealed class SqlStatements
{
    private readonly string _text;
    private readonly List<SqlStatement> _found = [];
    private int _at;
    private int _begin;
    private int _parentheses;
    private int _bodies;
    private int _line = 1;
    private int _counted;
    private bool _isEmpty = true;
    private string _lastWord = "";

    private SqlStatements(string text) => _text = text;

    public static IReadOnlyList<SqlStatement> In(string text) => new SqlStatements(text).Divide();

    private List<SqlStatement> Divide()
    {
        while (_at < _text.Length) Step();
        End();
        return _found;
    }

    private void Step()
    {
        var letter = _text[_at];
        if (char.IsWhiteSpace(letter))
        {
            _at++;
            return;
        }

        if (SkipComment()) return;
        if (letter == ';' && _parentheses <= 0 && _bodies == 0)
        {
            End();
            return;
        }

        Begin();
        if (letter is '\'') SkipQuoted('\'', hasBackslashes: _at > 0 && _text[_at - 1] is 'e' or 'E' && !IsWord(_at - 2));
        else if (letter is '"') SkipQuoted('"', hasBackslashes: false);
        else if (letter is '$' && !IsWord(_at - 1) && SkipDollarQuoted()) return;
        else if (char.IsLetter(letter) || letter == '_') TakeWord();
        else
        {
            _parentheses += letter switch { '(' => 1, ')' => -1, _ => 0 };
            _at++;
        }
    }

    private void Begin()
    {
        if (!_isEmpty) return;
        _isEmpty = false;
        _begin = _at;
    }

    private void End()
    {
        if (!_isEmpty) _found.Add(new SqlStatement(_text[_begin..Math.Min(_at, _text.Length)].TrimEnd(), LineAt(_begin)));
        (_isEmpty, _parentheses, _bodies, _lastWord) = (true, 0, 0, "");
        _at++;
    }

    private int LineAt(int place)
    {
        _line += _text.AsSpan(_counted, place - _counted).Count('\n');
        _counted = place;
        return _line;
    }

    private bool SkipComment()
    {
        if (Follows("--"))
        {
            var end = _text.IndexOf('\n', _at);
            _at = end < 0 ? _text.Length : end + 1;
            return true;
        }

        if (!Follows("/*")) return false;
        var depth = 0;
        do
        {
            if (Follows("/*")) (depth, _at) = (depth + 1, _at + 2);
            else if (Follows("*/")) (depth, _at) = (depth - 1, _at + 2);
            else _at++;
        }
        while (depth > 0 && _at < _text.Length);
        return true;
    }

    private void SkipQuoted(char quote, bool hasBackslashes)
    {
        for (_at++; _at < _text.Length; _at++)
        {
            if (hasBackslashes && _text[_at] == '\\') _at++;
            else if (_text[_at] == quote)
            {
                if (_at + 1 >= _text.Length || _text[_at + 1] != quote) break;
                _at++;
            }
        }

        _at++;
    }

    private bool SkipDollarQuoted()
    {
        var end = _at + 1;
        while (end < _text.Length && (char.IsLetterOrDigit(_text[end]) || _text[end] == '_')) end++;
        if (end >= _text.Length || _text[end] != '$' || (end > _at + 1 && char.IsDigit(_text[_at + 1]))) return false;

        var tag = _text[_at..(end + 1)];
        var close = _text.IndexOf(tag, end + 1, StringComparison.Ordinal);
        _at = close < 0 ? _text.Length : close + tag.Length;
        return true;
    }

    private void TakeWord()
    {
        var from = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '$')) _at++;
        var word = _text[from.._at].ToLowerInvariant();
        if (word == "atomic" && _lastWord == "begin") _bodies++;
        else if (_bodies > 0 && word == "case") _bodies++;
        else if (_bodies > 0 && word == "end") _bodies--;
        _lastWord = word;
    }

    private bool IsWord(int place) => place >= 0 && (char.IsLetterOrDigit(_text[place]) || _text[place] is '_' or '$');

    private bool Follows(string text) => string.CompareOrdinal(_text, _at, text, 0, text.Length) == 0;
}
