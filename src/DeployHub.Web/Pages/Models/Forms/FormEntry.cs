using System.Text.Json.Nodes;

namespace DeployHub.Web.Pages.Models.Forms;

/// <summary>What a form asks for at one place of a document.</summary>
/// <param name="Path">A JSON Pointer.</param>
/// <param name="Hint">What the schema says of it.</param>
internal abstract record FormEntry(string Path, string Label, string Hint, bool IsRequired)
{
    /// <summary>Of the control, and what it sends its value under.</summary>
    public string Name => $"at{Path}";
}

internal enum FieldKind
{
    Text,

    /// <summary>A text of several lines.</summary>
    LongText,
    Number,
    Choice,

    /// <summary>True, false or not told.</summary>
    Flag,

    /// <summary>A list of texts, one a line.</summary>
    Lines,

    /// <summary>Texts by name, one <c>name: value</c> a line.</summary>
    Pairs,

    /// <summary>Any of some choices.</summary>
    Several,

    /// <summary>Said in a way, or known by a name, that a form has no input for: the text shows it.</summary>
    OnlyInText,
}

/// <param name="Value">What the document says now, every scalar a text; null when it says nothing.</param>
/// <param name="Types">What the schema lets it be.</param>
/// <param name="Default">What holds when it says nothing; empty when nothing is known of that.</param>
internal sealed record FormField(
    string Path, string Label, string Hint, bool IsRequired, FieldKind Kind, JsonNode? Value, IReadOnlyList<string> Choices, IReadOnlyList<string> Types, string Default)
    : FormEntry(Path, Label, Hint, IsRequired)
{
    /// <summary>As it stands in the control.</summary>
    public string Shown => Kind switch
    {
        FieldKind.Lines => string.Join('\n', Items),
        FieldKind.Pairs => string.Join('\n', Value is JsonObject pairs ? pairs.Select(pair => $"{pair.Key}: {pair.Value}") : []),
        FieldKind.OnlyInText => Value?.ToJsonString(InWords) ?? "",
        _ => Value?.ToString() ?? "",
    };

    /// <summary>It says what a step or a probe does, and what that is told follows from it.</summary>
    public bool IsKind => Kind is FieldKind.Choice && Path.EndsWith("/uses", StringComparison.Ordinal);

    public IReadOnlyList<string> Items => Value is JsonArray items ? [.. items.Select(item => $"{item}")] : [];

    private static readonly System.Text.Json.JsonSerializerOptions InWords = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>A mapping inside the mapping.</summary>
/// <param name="IsThere">The document says it, be it empty.</param>
internal sealed record FormGroup(string Path, string Label, string Hint, bool IsRequired, IReadOnlyList<FormEntry> Entries, bool IsThere = false) : FormEntry(Path, Label, Hint, IsRequired)
{
    /// <summary>The document may do without it. What a step is told goes with its kind.</summary>
    public bool MayGo => IsThere && !IsRequired && !Path.EndsWith("/with", StringComparison.Ordinal);
}

/// <summary>A list of mappings.</summary>
internal sealed record FormItems(string Path, string Label, string Hint, bool IsRequired, IReadOnlyList<FormGroup> Items) : FormEntry(Path, Label, Hint, IsRequired);
