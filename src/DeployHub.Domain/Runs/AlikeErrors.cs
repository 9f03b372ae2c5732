using System.Text.RegularExpressions;

namespace DeployHub.Domain.Runs;

/// <summary>One error that several targets or several halts have in common.</summary>
/// <param name="Text">As the first of them said it.</param>
public sealed record AlikeErrors(string Text, IReadOnlyList<string> Subjects)
{
    /// <summary>The most frequent error first.</summary>
    public static IReadOnlyList<AlikeErrors> Of(IEnumerable<(string Subject, string Text)> errors) =>
    [
        .. errors.GroupBy(error => ErrorForm.Of(error.Text, error.Subject))
            .Select(alike => new AlikeErrors(alike.First().Text, [.. alike.Select(error => error.Subject).Distinct()]))
            .OrderByDescending(alike => alike.Subjects.Count),
    ];
}

/// <summary>Tells the same error from different ones.</summary>
public static partial class ErrorForm
{
    /// <summary>
    /// Equal for errors that differ only in what every target has of its own: names, addresses, identifiers and numbers. What a number means
    /// stays where it is the error itself: an exit code, an HTTP status.
    /// </summary>
    public static string Of(string text, params IEnumerable<string> subjects)
    {
        var form = Authority().Replace(text, "://");
        foreach (var subject in subjects.Where(subject => subject.Length > 0).OrderByDescending(subject => subject.Length)) form = Named(form, subject);
        return Space().Replace(OwnNumber().Replace(Identifier().Replace(Address().Replace(form, "@"), "@"), "#"), " ").Trim();
    }

    private static string Named(string text, string subject) => Regex.Replace(text, $@"(?<![\w-]){Regex.Escape(subject)}(?![\w-])", "@");

    [GeneratedRegex(@"://[^/\s]+")]
    private static partial Regex Authority();

    [GeneratedRegex(@"\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b|\[?\b[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){3,7}\b\]?(:\d+)?")]
    private static partial Regex Address();

    [GeneratedRegex(@"\b(sha256:)?(?=[0-9a-fA-F-]*\d)[0-9a-fA-F]{7,}(-[0-9a-fA-F]{4,}){0,4}\b")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"(?<!\b(code|status|HTTP|answered|answers|signal|error)\s+)(?<![\d.])\d+([.,:]\d+)*", RegexOptions.IgnoreCase)]
    private static partial Regex OwnNumber();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
