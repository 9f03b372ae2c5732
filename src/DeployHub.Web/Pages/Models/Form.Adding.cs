using System.Text.Json.Nodes;
using DeployHub.Domain;
using DeployHub.Features.Models.Notation.Editing;
using DeployHub.Web.Pages.Models.Forms;
using DeployHub.Web.Pages.Shared;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Pages.Models;

/// <summary>Steps, phases, parameters and items that somebody adds.</summary>
public sealed partial class FormModel
{
    public async Task<IActionResult> OnPostAddStepAsync([FromForm] string? list, [FromForm] string? uses, [FromForm] string? name, CancellationToken cancellationToken)
    {
        if (FormList.All.All(known => known.Path != list) || FormSchema.SettingsOf(uses) is not { } settings) return BadRequest();

        var step = new JsonObject { ["name"] = name.OrNull()?.Trim() ?? Words.Title(uses!.Replace('-', ' ')), ["uses"] = uses };
        if (FormSchema.Required(settings).Count > 0) step["with"] = FormSchema.Blank(settings);
        return await AppendAsync(list!, step, cancellationToken);
    }

    public Task<IActionResult> OnPostAddPhaseAsync([FromForm] string? name, CancellationToken cancellationToken) =>
        AppendAsync(FormNode.Phases, new JsonObject { ["name"] = name.OrNull()?.Trim() ?? "Next", ["targets"] = "rest" }, cancellationToken);

    public async Task<IActionResult> OnPostAddParameterAsync([FromForm] string? name, [FromForm] string? type, CancellationToken cancellationToken)
    {
        if (await LoadSeenAsync(cancellationToken) is { } refused) return refused;
        if (Document is not { } document) return Gone();

        var (called, edits) = (name.OrNull()?.Trim(), new FormEdits(document));
        var path = DocumentPath.Inside(FormNode.Parameters, called ?? "");
        if (called is null) ModelState.AddModelError("", "Give the parameter a name.");
        else if (FormSchema.At(document, path) is not null) ModelState.AddModelError("", $"There is a parameter {called} already. Choose another name.");
        var isOf = type.OrNull() ?? nameof(Domain.Models.ParameterType.Text);
        edits.Set(path, new JsonObject { ["type"] = isOf, ["default"] = "", ["mutability"] = nameof(Domain.Models.Mutability.Bounded), ["description"] = "" });
        if (Refused(edits)) return Page();
        return await EditAsync(edits.Edits, $"Added the parameter {called}.", cancellationToken, path);
    }

    public async Task<IActionResult> OnPostAddRoleAsync([FromForm] string? name, [FromForm] string? role, CancellationToken cancellationToken)
    {
        if (await LoadSeenAsync(cancellationToken) is { } refused) return refused;
        if (Document is not { } document) return Gone();

        var (called, edits) = (name.OrNull()?.Trim(), new FormEdits(document));
        var path = DocumentPath.Inside(FormNode.Roles, called ?? "");
        if (called is null) ModelState.AddModelError("", "Give the role slot a name.");
        else if (FormSchema.At(document, path) is not null) ModelState.AddModelError("", $"There is a role slot {called} already. Choose another name.");
        edits.Set(path, new JsonObject { ["role"] = role.OrNull() ?? nameof(Domain.Access.Role.DeploymentPractitioner) });
        if (Refused(edits)) return Page();
        return await EditAsync(edits.Edits, $"Added the role slot {called}.", cancellationToken, path);
    }

    /// <summary>Another group of settings in a list of them.</summary>
    public async Task<IActionResult> OnPostAddItemAsync([FromForm] string? list, CancellationToken cancellationToken)
    {
        if (await LoadSeenAsync(cancellationToken) is { } refused) return refused;
        if (Document is not { } document || list is null || ShapeOf(list) is not { } shape) return Gone();

        var edits = new FormEdits(document);
        edits.Append(list, FormSchema.Blank(shape));
        if (Refused(edits)) return Page();
        return await EditAsync(edits.Edits, "Added one.", cancellationToken);
    }

    private async Task<IActionResult> AppendAsync(string list, JsonObject item, CancellationToken cancellationToken)
    {
        if (await LoadSeenAsync(cancellationToken) is { } refused) return refused;
        if (Document is not { } document) return Gone();

        var edits = new FormEdits(document);
        var place = FormSchema.At(document, list) is JsonArray items ? items.Count : 0;
        edits.Append(list, item);
        if (Refused(edits)) return Page();
        return await EditAsync(edits.Edits, $"Added “{item["name"]}”.", cancellationToken, DocumentPath.Inside(list, place));
    }

    /// <summary>What the items of a list of settings look like; null when the open part has no such list.</summary>
    private JsonObject? ShapeOf(string list)
    {
        if (Open is null || Document is null || !list.StartsWith($"{Open.Path}/", StringComparison.Ordinal)) return null;

        JsonObject? shape = FormList.All.Any(known => known.Path == DocumentPath.Split(Open.Path).Around) ? FormSchema.Step : Open.At == FormNode.Head ? FormSchema.Model : null;
        var at = Open.Path;
        foreach (var part in DocumentPath.Parts(list[Open.Path.Length..]) ?? [])
        {
            if (shape is not null) shape = FormSchema.Inside(shape, FormSchema.At(Document, at), part);
            at = DocumentPath.Inside(at, part);
        }

        return shape?["items"] as JsonObject;
    }
}
