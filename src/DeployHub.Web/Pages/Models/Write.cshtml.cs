using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Pipeline;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models;

/// <summary>Writes a draft; what is said of it follows while somebody types.</summary>
[Authorize(Policy = nameof(Permission.EditModels))]
[RequestFormLimits(ValueLengthLimit = 16 * 1024 * 1024)] // a text that is far too long is refused in a sentence, not as a request
public sealed class WriteModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Slug { get; set; } = "";

    [FromRoute]
    public int Number { get; set; }

    [BindProperty]
    public string? Document { get; set; }

    /// <summary>The row version that the text was read at.</summary>
    [BindProperty]
    public uint? Seen { get; set; }

    public ShowModelVersion.View Shown { get; private set; } = null!;

    /// <summary>What somebody else saved while this one was open; null when nobody did.</summary>
    public string? SavedMeanwhile { get; private set; }

    /// <summary>What is to be said of the text as it stands.</summary>
    public ModelReading Reading { get; private set; } = new(null, []);

    /// <summary>The names for <c>${…}</c> that the editor proposes, as JSON.</summary>
    public static string Names { get; } = JsonSerializer.Serialize(Placeholder.All, JsonSerializerOptions.Web);

    /// <summary>The text that is shown is the one that is saved.</summary>
    public bool IsSaved => TypedText.AsWritten(Document, Shown.Yaml) == Shown.Yaml;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;
        if (Shown.Status is not ModelVersionStatus.Draft) return Redirect($"/models/{Slug}/versions/{Number}");

        (Document, Seen) = (Shown.Yaml, Shown.RowVersion);
        await ReadAsync(cancellationToken);
        return Page();
    }

    /// <summary>Somebody types: says what it would come to.</summary>
    public async Task<PartialViewResult> OnPostCheckAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        return Partial("_Checked", Reading);
    }

    /// <summary>The same for whoever has no script.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        return await LoadAsync(cancellationToken) ?? Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken cancellationToken)
    {
        if (await SaveAsync(cancellationToken) is { } refused) return refused;

        await ReadAsync(cancellationToken);
        this.Flash(Reading.Errors.Any() ? $"v{Number} is saved; {Words.Count(Reading.Errors.Count(), "error")} left." : $"v{Number} is saved.");
        return Redirect($"/models/{Slug}/versions/{Number}/edit");
    }

    public async Task<IActionResult> OnPostTestAsync(CancellationToken cancellationToken)
    {
        if (await SaveAsync(cancellationToken) is { } refused) return refused;

        if (await LoadAsync(cancellationToken) is { } missing) return missing;
        if (Shown.Yaml != Document) return await AgainAsync(Conflicts.ChangedMeanwhile, cancellationToken); // somebody saved another text behind this one
        var started = await sender.Send(new StartTestingModelVersion(Slug, Number, Shown.RowVersion), cancellationToken);
        if (started.Error is { } refusal) return await AgainAsync(refusal, cancellationToken);

        this.Flash($"v{Number} is in test: its text is frozen.");
        return Redirect($"/models/{Slug}/versions/{Number}");
    }

    /// <summary>Null when it was saved.</summary>
    private async Task<IActionResult?> SaveAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;

        Document = TypedText.AsWritten(Document, Shown.Yaml);
        var written = await sender.Send(new WriteModelVersion(Slug, Number, Document, Seen: Seen), cancellationToken);
        return written.Error is { } refusal ? await AgainAsync(refusal, cancellationToken) : null;
    }

    private async Task<IActionResult> AgainAsync(Error refusal, CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;

        if (refusal.Code == Conflicts.ChangedMeanwhile.Code) SavedMeanwhile = Shown.Yaml;
        Seen = Shown.RowVersion;
        ModelState.Remove(nameof(Seen));
        await ReadAsync(cancellationToken);
        return this.ShowAgain(refusal);
    }

    private async Task ReadAsync(CancellationToken cancellationToken) => Reading = (await sender.Send(new CheckModel(Document ?? "", Slug: Slug), cancellationToken)).Reading;

    /// <summary>Null when it was found.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowModelVersion(Slug, Number), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Shown = found.Value;
        return null;
    }
}
