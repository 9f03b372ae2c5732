using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Pipeline;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Blocks;

/// <summary>Writes a draft of a block; what is said of it follows while somebody types.</summary>
[Authorize(Policy = nameof(Permission.EditModels))]
public sealed class WriteModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [FromRoute]
    public int Number { get; set; }

    [BindProperty]
    public string? Document { get; set; }

    /// <summary>The row version that the text was read at.</summary>
    [BindProperty]
    public uint? Seen { get; set; }

    public ShowBlockVersion.View Shown { get; private set; } = null!;

    /// <summary>What somebody else saved while this one was open; null when nobody did.</summary>
    public string? SavedMeanwhile { get; private set; }

    /// <summary>A block names nothing outside its text, so nobody has to be asked.</summary>
    public BlockReading Reading => BlockDocument.Read(Document ?? "", Key);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;
        if (Shown.Status is not BlockVersionStatus.Draft) return Redirect($"/blocks/{Key}/versions/{Number}");

        (Document, Seen) = (Shown.Yaml, Shown.RowVersion);
        return Page();
    }

    /// <summary>Somebody types: says what it would come to.</summary>
    public PartialViewResult OnPostCheck() => Partial("_BlockSaid", Reading);

    /// <summary>The same for whoever has no script.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ?? Page();

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;

        Document = TypedText.AsWritten(Document, Shown.Yaml);
        var written = await sender.Send(new WriteBlockVersion(Key, Number, Document, Seen: Seen), cancellationToken);
        if (written.Error is { } refusal) return await AgainAsync(refusal, cancellationToken);

        this.Flash(written.Value.IsComplete ? $"v{Number} is saved." : $"v{Number} is saved; {Words.Count(Reading.Errors.Count(), "error")} left.");
        return Redirect($"/blocks/{Key}/versions/{Number}/edit");
    }

    private async Task<IActionResult> AgainAsync(Error refusal, CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;

        if (refusal.Code == Conflicts.ChangedMeanwhile.Code) SavedMeanwhile = Shown.Yaml;
        Seen = Shown.RowVersion;
        ModelState.Remove(nameof(Seen));
        return this.ShowAgain(refusal);
    }

    /// <summary>Null when it was found.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowBlockVersion(Key, Number), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Shown = found.Value;
        return null;
    }
}
