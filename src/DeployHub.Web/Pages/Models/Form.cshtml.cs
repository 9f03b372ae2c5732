using System.Text.Json.Nodes;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Models.Notation.Editing;
using DeployHub.Features.Pipeline;
using DeployHub.Web.Pages.Models.Forms;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models;

/// <summary>
/// Writes a draft without its text: one part is open at a time, every form changes what it asks for and leaves the rest of the text as it was
/// written.
/// </summary>
[Authorize(Policy = nameof(Permission.EditModels))]
public sealed partial class FormModel(ISender sender) : PageModel
{
    private const int LongestComment = 120;

    [FromRoute]
    public string Slug { get; set; } = "";

    [FromRoute]
    public int Number { get; set; }

    /// <summary>The part that is open.</summary>
    [FromQuery]
    public string? At { get; set; }

    /// <summary>The row version that the form was shown at.</summary>
    [BindProperty]
    public uint? Seen { get; set; }

    /// <summary>What the open part was called, and of which kind it was, when the form was shown.</summary>
    [BindProperty]
    public string? Was { get; set; }

    public ShowModelVersion.View Shown { get; private set; } = null!;

    /// <summary>Says what the text says; null when it cannot be read.</summary>
    internal JsonNode? Document { get; private set; }

    internal FormNode? Open { get; private set; }

    internal FormRemarks Remarks { get; private set; } = new([]);

    public ModelReading Reading { get; private set; } = null!;

    /// <summary>What was just done, in a sentence.</summary>
    public string? Done { get; private set; }

    /// <summary>The text before that, to go back to.</summary>
    public string? Before { get; private set; }

    /// <summary>What was typed for a part that is gone, to be copied; null when nothing was.</summary>
    public string? Unkept { get; private set; }

    /// <summary>Against the text that the version began with; null when it began with none.</summary>
    public IReadOnlyList<SideBySide.Row>? Changes { get; private set; }

    public string Address => $"/models/{Slug}/versions/{Number}";

    public string AddressOf(string at) => $"{Address}/form?at={Uri.EscapeDataString(at)}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;
        return Shown.Status is Domain.Models.ModelVersionStatus.Draft ? Page() : Redirect(Address);
    }

    /// <summary>Keeps what somebody put into the form of the open part.</summary>
    public async Task<IActionResult> OnPostChangeAsync(CancellationToken cancellationToken)
    {
        if (await LoadSeenAsync(cancellationToken) is { } refused) return refused;
        if (Open is not { } node || Document is not { } document) return Gone();

        var edits = new FormEdits(document).Take(node.Entries, Request.Form);
        if (node.At == FormNode.Execute) TakePhases(document, edits);
        if (Refused(edits)) return Page();

        var renamed = Renamed(node);
        List<DocumentEdit> all = renamed is null ? [.. edits.Edits] : [.. edits.Edits, renamed];
        return all.Count == 0 ? await ShowAsync("Nothing was changed.", null, cancellationToken) : await EditAsync(all, Saved(edits, node.Path), cancellationToken, renamed?.Path);
    }

    private string Saved(FormEdits edits, string part)
    {
        var (dropped, comment) = (edits.Dropped, edits.ChangesKindOf(part) ? YamlEdit.CommentOf(Shown.Yaml, part) : null);
        return string.Join(' ',
        [
            "Saved.",
            .. dropped.Count > 0 ? [$"{Words.List(dropped.Select(setting => $"“{setting}”"))} went with what the step did before: what it does now does not know {(dropped.Count == 1 ? "it" : "them")}."] : Array.Empty<string>(),
            .. comment is not null ? [$"The comment above it stays in the text and may be about that: “{Words.Beginning(comment, LongestComment)}”"] : Array.Empty<string>(),
        ]);
    }

    /// <summary>Where the first error is mended: at the part that tells it, open where it has a form. Null where there is none.</summary>
    internal string? FirstError => Reading.Errors.FirstOrDefault() is { } first && Document is { } document ? AddressOfPart(DocumentPath.OfRemark(first.Path), document) : null;

    private string AddressOfPart(string path, JsonNode document)
    {
        for (var at = path; at.Length > 0; at = DocumentPath.Split(at).Around)
        {
            if (FormNode.Find(at, document) is { } node) return $"{AddressOf(node.At)}#{node.Anchor}";
            if (FormNode.HasAnchor(at)) return $"#{FormNode.AnchorOf(at)}";
        }

        return $"{AddressOf(FormNode.Head)}#{FormNode.AnchorOf(FormNode.Head)}";
    }

    /// <summary>Takes an item one place up or down.</summary>
    public async Task<IActionResult> OnPostMoveAsync([FromForm] string? path, [FromForm] string? by, CancellationToken cancellationToken)
    {
        var (list, place) = DocumentPath.Split(path ?? "");
        if (!DocumentPath.IsIndex(place, out var index) || (by != "up" && by != "down") || (by == "up" && index == 0)) return BadRequest();
        if (await LoadSeenAsync(cancellationToken) is { } refused) return refused;

        var to = DocumentPath.Inside(list, by == "up" ? index - 1 : index + 1);
        var open = At == path ? to : At == to ? path : At;
        return await EditAsync([new DocumentEdit(EditOperation.Move, to, From: path)], by == "up" ? "Moved up." : "Moved down.", cancellationToken, open);
    }

    public async Task<IActionResult> OnPostRemoveAsync([FromForm] string? path, CancellationToken cancellationToken)
    {
        if (await LoadSeenAsync(cancellationToken) is { } refused) return refused;

        var around = DocumentPath.Split(path ?? "").Around;
        var isOptional = around is FormNode.Parameters or FormNode.Roles || FormList.All.Any(list => list.Path == around && list.IsOptional);
        var isLast = isOptional && FormSchema.At(Document, around) is JsonArray { Count: 1 } or JsonObject { Count: 1 };
        if (Open is not null && DocumentPath.Split(Open.Path).Around == around) At = null; // another item may have its place now
        return await EditAsync([new DocumentEdit(EditOperation.Remove, isLast ? FormNode.Emptied(around, Document!) : path ?? "")], "Removed.", cancellationToken);
    }

    /// <summary>Goes back to the text before the last change.</summary>
    public async Task<IActionResult> OnPostUndoAsync([FromForm] string? before, CancellationToken cancellationToken)
    {
        if (await LoadSeenAsync(cancellationToken) is { } refused) return refused;
        if (before is null) return Gone();

        var was = Shown.Yaml;
        var written = await sender.Send(new WriteModelVersion(Slug, Number, TypedText.AsWritten(before, was), Seen: Seen), cancellationToken);
        return written.Error is { } refusal ? await AgainAsync(refusal, cancellationToken) : await ShowAsync("Taken back.", was, cancellationToken);
    }

    /// <summary>Freezes what is kept, to rehearse it.</summary>
    public async Task<IActionResult> OnPostTestAsync(CancellationToken cancellationToken)
    {
        if (await LoadSeenAsync(cancellationToken) is { } refused) return refused;

        var started = await sender.Send(new StartTestingModelVersion(Slug, Number, Seen), cancellationToken);
        if (started.Error is { } refusal) return await AgainAsync(refusal, cancellationToken);

        this.Flash($"v{Number} is in test: its text is frozen. Rehearse it now.");
        return Redirect(Address);
    }

    internal static IEnumerable<FormItems> ListsIn(IEnumerable<FormEntry> entries) => entries.SelectMany(entry => entry switch
    {
        FormItems items => [items, .. items.Items.SelectMany(item => ListsIn(item.Entries))],
        FormGroup group => ListsIn(group.Entries),
        _ => Enumerable.Empty<FormItems>(),
    });

    /// <summary>What has a button of its own to be taken away: a group that may go, one in a list of them, and what has no input.</summary>
    internal static IEnumerable<FormEntry> RemovableIn(IEnumerable<FormEntry> entries) => entries.SelectMany(entry => entry switch
    {
        FormField { Kind: FieldKind.OnlyInText } => [entry],
        FormItems items => items.Items.SelectMany(item => RemovableIn(item.Entries).Prepend(item)),
        FormGroup { MayGo: true } group => RemovableIn(group.Entries).Prepend(group),
        FormGroup group => RemovableIn(group.Entries),
        _ => Enumerable.Empty<FormEntry>(),
    });

    /// <summary>As it was typed when it was refused, else as it is.</summary>
    internal string Typed(FormField field) => IsRefused && Request.Form.TryGetValue(field.Name, out var typed) ? typed.ToString() : field.Shown;

    internal bool IsTicked(FormField field, string choice) => IsRefused ? Request.Form[field.Name].Contains(choice) : field.Items.Contains(choice);

    private bool IsChange => Request.HasFormContentType && Request.Query["handler"] == "Change";

    private bool IsRefused => !ModelState.IsValid && IsChange;

    /// <summary>The open form holds what was typed over an earlier text, so it goes on being refused until somebody looks at the new one.</summary>
    internal bool IsBehind => IsRefused && Seen is { } seen && seen != Shown.RowVersion;

    /// <summary>What the open form sends back as <see cref="Seen"/>.</summary>
    internal uint SeenByOpen => IsBehind && Seen is { } seen ? seen : Shown.RowVersion;

    internal string? WasByOpen => IsBehind ? Was : Open is { } node ? CalledOf(node) : null;

    /// <summary>The name and the kind of a part that another one may take the place of.</summary>
    private string CalledOf(FormNode node) =>
        node.Path.Length > 0 && FormSchema.At(Document, node.Path) is JsonObject part ? $"{part["name"]} · {part["uses"] ?? part["use"] ?? part["type"]}" : "";

    internal string? ProblemOf(FormEntry entry) => ModelState.TryGetValue(entry.Name, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : null;

    /// <summary>What was typed cannot be understood, or has no place; the page says so.</summary>
    private bool Refused(FormEdits edits)
    {
        foreach (var (field, sentence) in edits.Problems) ModelState.AddModelError(field, sentence);
        return !ModelState.IsValid;
    }

    private DocumentEdit? Renamed(FormNode node)
    {
        var (around, name) = DocumentPath.Split(node.Path);
        if (!node.IsNamed || $"{Request.Form["name"]}".Trim() is not { Length: > 0 } now || now == name) return null;

        return new DocumentEdit(EditOperation.Move, DocumentPath.Inside(around, now), From: node.Path);
    }

    private async Task<IActionResult> EditAsync(IReadOnlyList<DocumentEdit> edits, string done, CancellationToken cancellationToken, string? open = null)
    {
        var before = Shown.Yaml;
        var edited = await sender.Send(new EditModelVersion(Slug, Number, edits, Seen), cancellationToken);
        if (edited.Error is { } refusal) return await AgainAsync(refusal, cancellationToken);

        At = open ?? At;
        return await ShowAsync(done, before, cancellationToken);
    }

    /// <summary>Within the page the part that changed is shown at once, with a way back; without script the page is asked for anew.</summary>
    private async Task<IActionResult> ShowAsync(string done, string? before, CancellationToken cancellationToken)
    {
        if (!Request.Headers.ContainsKey("HX-Request"))
        {
            this.Flash(done);
            return Redirect(At is null ? $"{Address}/form" : $"{AddressOf(At)}#{Uri.EscapeDataString(FormNode.AnchorOf(At))}");
        }

        if (await LoadAsync(cancellationToken) is { } missing) return missing;

        (Done, Before) = (done, before);
        Response.Headers["HX-Replace-Url"] = At is null ? $"{Address}/form" : AddressOf(At);
        return Page();
    }

    private async Task<IActionResult> AgainAsync(Error refusal, CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;

        return IsOtherPart ? Gone() : this.ShowAgain(refusal);
    }

    /// <summary>Nothing is done when another text was saved since the form was shown. Null when it is the same text.</summary>
    private async Task<IActionResult?> LoadSeenAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;
        if (Seen is null || Seen == Shown.RowVersion) return null;
        return IsOtherPart ? Gone() : this.ShowAgain(Conflicts.ChangedMeanwhile);
    }

    /// <summary>What was typed was meant for another part than the one that stands at its place now.</summary>
    private bool IsOtherPart => IsChange && Seen is { } seen && seen != Shown.RowVersion && (Open is not { } node || (Was is not null && Was != CalledOf(node)));

    /// <summary>Somebody changed the document meanwhile so that the part is not there any more; what they typed is shown to be copied.</summary>
    private PageResult Gone()
    {
        if (IsChange)
        {
            var typed = Request.Form.Where(sent => sent.Key.StartsWith("at/", StringComparison.Ordinal)).Select(sent => $"{sent.Key[2..]}: {sent.Value}");
            (Open, Unkept) = (null, string.Join('\n', typed));
        }

        ModelState.AddModelError("", "What you changed is not in the document any more, or the document cannot be read. Look at it again; nothing of yours was saved.");
        return Page();
    }

    /// <summary>Null when it was found.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowModelVersion(Slug, Number), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Shown = found.Value;
        Reading = (await sender.Send(new CheckModel(Shown.Yaml, Slug: Slug), cancellationToken)).Reading;
        Remarks = new FormRemarks(Reading.Remarks);
        Document = YamlEdit.Read(Shown.Yaml) is { Error: null } read ? read.Value as JsonObject : null; // a list or a plain text has no parts
        Open = Document is null ? null : FormNode.Find(At, Document);
        Changes = Shown.Basis is { } basis && await sender.Send(new ShowModelVersion(Slug, basis), cancellationToken) is { Error: null } former ? SideBySide.Of(former.Value.Yaml, Shown.Yaml) : null;
        return null;
    }
}
