namespace DeployHub.Features.Models.Notation.Editing;

/// <summary>Members and items between brackets, which commas keep apart.</summary>
internal sealed partial class YamlPen
{
    /// <param name="places">Of what is there already.</param>
    private string AddInBrackets(YamlNode around, List<(int Start, int End)> places, int index, string written)
    {
        if (places.Count == 0 && !_text.AsSpan((around.Start + 1)..(around.End - 1)).IsWhiteSpace()) throw EditErrors.Unsafe(""); // a comment
        if (places.Count == 0) return Splice(around.Start + 1, around.End - 1, around is YamlMap ? $" {written} " : written);
        return index < places.Count ? Splice(places[index].Start, places[index].Start, $"{written}, ") : Splice(places[^1].End, places[^1].End, $", {written}");
    }

    private string RemoveInBrackets(List<(int Start, int End)> places, int index)
    {
        if (index + 1 < places.Count) return RemoveBeforeNext(places[index], places[index + 1].Start);

        // The comma before it goes, too, unless a comment stands between: then the one behind it does, and a comma at the end is no fault.
        var (former, last) = (places[index - 1].End, places[index]);
        return _text.AsSpan(former..last.Start).Contains('#') ? Splice(last.Start, _text[last.End] == ',' ? last.End + 1 : last.End, "") : Splice(former, last.End, "");
    }

    /// <summary>The comment in its line goes, too; those in the lines below are about what comes next.</summary>
    private string RemoveBeforeNext((int Start, int End) place, int next)
    {
        var end = Lines.EndOf(_text, place.End);
        var isAbove = end < next && _text.AsSpan(end..next).Contains('#') && _text.AsSpan(place.End..end).TrimStart().StartsWith(",", StringComparison.Ordinal);
        if (!isAbove) return Splice(place.Start, next, "");

        return Lines.IsFirst(_text, place.Start) ? Splice(Lines.StartOf(_text, place.Start), Lines.AfterOf(_text, place.End), "") : Splice(place.Start, end, "");
    }
}
