using System.Net;
using System.Text.RegularExpressions;

namespace DeployHub.IntegrationTests.Doors;

/// <summary>A page that came back after its form was refused, as somebody reads it.</summary>
internal sealed partial class RefusedPage(string html)
{
    private readonly string _refusal = Box().Match(html).Value;

    /// <summary>What stands at its top.</summary>
    public string Words => Plain(_refusal);

    public bool HasCode(string code) => _refusal.Contains($"<code>{code}</code>", StringComparison.Ordinal);

    public bool Says(string sentence) => Words.Contains(Plain(WebUtility.HtmlEncode(sentence)), StringComparison.Ordinal);

    /// <summary>Ids of what the refusal leads to.</summary>
    public IEnumerable<string> Leads => Link().Matches(_refusal).Select(link => WebUtility.HtmlDecode(link.Groups[1].Value)).Distinct();

    public bool Has(string id) => html.Contains($"id=\"{WebUtility.HtmlEncode(id)}\"", StringComparison.Ordinal);

    /// <summary>Whether a browser that follows a link to it comes to the form that was sent.</summary>
    public bool IsInForm(string? handler, string id) =>
        html.IndexOf($"id=\"{WebUtility.HtmlEncode(id)}\"", StringComparison.Ordinal) is var place and >= 0 && FormsOf(handler).Any(form => form.Index < place && place < form.Index + form.Length);

    public static string IdOf(string field) => field.Replace('.', '_').Replace('[', '_').Replace(']', '_');

    /// <summary>What is wrong with how the form shows what was typed; null where nothing is.</summary>
    public string? FaultOf(string? handler, string name, string typed)
    {
        var holding = FormsOf(handler).Where(form => Holds(form.Value, name, typed)).ToList();
        if (holding.Count == 0) return $"lost “{Short(typed)}” of {name}";
        return holding.Exists(form => IsOpen(form.Index)) ? null : $"keeps “{Short(typed)}” of {name} where nobody sees it, in a closed section";
    }

    private IEnumerable<Match> FormsOf(string? handler) => Forms().Matches(html).Where(form => handler is null || form.Value.Contains($"handler={handler}", StringComparison.OrdinalIgnoreCase));

    /// <summary>The form would be refused again, whatever somebody changed in it: it sends the version that was not the newest any more.</summary>
    public bool SendsAgain(string? handler, string name, string value) =>
        FormsOf(handler).Any(form => Controls().Matches(form.Value).Any(control => NameOf(control.Value) == name && ValuesOf(control).Contains(value)));

    private static bool Holds(string form, string name, string typed) =>
        Controls().Matches(form).Any(control => NameOf(control.Value) == name && ValuesOf(control).Any(value => Same(value, typed)));

    private static IEnumerable<string> ValuesOf(Match control)
    {
        var tag = control.Groups["tag"].Value;
        if (control.Value.StartsWith("<textarea", StringComparison.Ordinal)) return [WebUtility.HtmlDecode(control.Groups["content"].Value)];
        if (control.Value.StartsWith("<select", StringComparison.Ordinal))
            return Options().Matches(control.Groups["content"].Value).Where(option => option.Groups["tag"].Value.Contains("selected", StringComparison.Ordinal))
                .Select(option => ValueOf(option.Groups["tag"].Value) ?? WebUtility.HtmlDecode(option.Groups["text"].Value));
        if (tag.Contains("type=\"checkbox\"", StringComparison.Ordinal) || tag.Contains("type=\"radio\"", StringComparison.Ordinal)) return tag.Contains("checked", StringComparison.Ordinal) ? [ValueOf(tag) ?? ""] : [];
        return [ValueOf(tag) ?? ""];
    }

    /// <summary>No section that has to be opened lies around it.</summary>
    private bool IsOpen(int place)
    {
        var around = new Stack<bool>();
        foreach (Match details in Details().Matches(html[..place]))
            if (details.Value[1] == '/') around.Pop();
            else around.Push(details.Value.Contains(" open", StringComparison.Ordinal));
        return around.All(isOpen => isOpen);
    }

    private static bool Same(string shown, string typed) => Lines(shown).StartsWith(Lines(typed), StringComparison.Ordinal);

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

    private static string Short(string text) => text.Length > 40 ? $"{text[..40]}…" : text;

    private static string? NameOf(string tag) => Name().Match(tag) is { Success: true } name ? WebUtility.HtmlDecode(name.Groups[1].Value) : null;

    private static string? ValueOf(string tag) => Value().Match(tag) is { Success: true } value ? WebUtility.HtmlDecode(value.Groups[1].Value) : null;

    private static string Plain(string part) => Space().Replace(WebUtility.HtmlDecode(Tag().Replace(part, " ")), " ").Trim();

    [GeneratedRegex("<div class=\"refusal\".*?</ul>(?:\\s*<p class=\"refusal-rule\">.*?</p>)?", RegexOptions.Singleline)]
    private static partial Regex Box();

    [GeneratedRegex("href=\"#([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("(?<tag><input\\b[^>]*>)|(?<tag><textarea\\b[^>]*>)(?<content>.*?)</textarea>|(?<tag><select\\b[^>]*>)(?<content>.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex Controls();

    [GeneratedRegex("(?<tag><option\\b[^>]*>)(?<text>[^<]*)")]
    private static partial Regex Options();

    [GeneratedRegex("</?details\\b[^>]*>")]
    private static partial Regex Details();

    [GeneratedRegex("\\bname=\"([^\"]*)\"")]
    private static partial Regex Name();

    [GeneratedRegex("\\bvalue=\"([^\"]*)\"")]
    private static partial Regex Value();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+")]
    private static partial Regex Space();
}
