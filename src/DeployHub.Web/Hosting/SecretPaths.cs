using System.Text.RegularExpressions;
using Serilog.Core;
using Serilog.Events;

namespace DeployHub.Web.Hosting;

/// <summary>
/// Some addresses are keys: partners' pages and calendar feeds by their paths, suppliers' and newcomers' by what they ask with. Every line of a request
/// carries its address, and some say where it leads, so the part that is secret is left out of whatever a line says, as is every token of ours.
/// </summary>
internal sealed partial class SecretPaths : ILogEventEnricher
{
    /// <summary>Of single values only: the list of ways to sign in, which says how to become the first administrator, is there to be read.</summary>
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var (name, value) in logEvent.Properties.ToList())
            if (value is ScalarValue { Value: { } said and (string or PathString or QueryString or Uri) } && said.ToString() is { Length: > 3 } text && Without(text) is var shown && shown != text)
                logEvent.AddOrUpdateProperty(new LogEventProperty(name, new ScalarValue(shown)));
    }

    public static string Without(string text) => Tokens().Replace(Asked().Replace(Doors().Replace(text, "$1$2…"), "$1…"), "$1…");

    /// <summary>Whatever follows, however wrongly it was typed: in an address, in its path as routing reads it, and as a part of another address.</summary>
    [GeneratedRegex(@"(^(?:/|%2F)?|[=\s'""](?:/|%2F)|https?://[^/\s]+/)((?:p|calendar(?:/|%2F)feeds)(?:/|%2F))[^/?#&%\s'""]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Doors();

    [GeneratedRegex(@"([?&]token=)[^&#\s]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Asked();

    [GeneratedRegex(@"(?:\b|(?<=%2F))(dh[a-z]?_)[A-Za-z0-9_-]{20,}", RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();
}
