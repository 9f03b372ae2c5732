using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Models;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class VersionModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Slug { get; set; } = "";

    [FromRoute]
    public int Number { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public ShowModelVersion.View Shown { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ?? Page();

    public async Task<IActionResult> OnPostSuspendAsync(CancellationToken cancellationToken) =>
        await AnswerAsync(await sender.Send(new SuspendModelVersion(Slug, Number, Reason ?? ""), cancellationToken), "is suspended: no new run may start with it.", cancellationToken);

    public async Task<IActionResult> OnPostResumeAsync(CancellationToken cancellationToken) =>
        await AnswerAsync(await sender.Send(new ResumeModelVersion(Slug, Number, Reason ?? ""), cancellationToken), "may be used again.", cancellationToken);

    private async Task<IActionResult> AnswerAsync(Result result, string done, CancellationToken cancellationToken)
    {
        if (result.Error is { } refusal) return await LoadAsync(cancellationToken) ?? this.ShowAgain(refusal);

        this.Flash($"v{Number} {done}");
        return Redirect($"/models/{Slug}/versions/{Number}");
    }

    /// <summary>Null when it was found.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowModelVersion(Slug, Number), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Shown = found.Value;
        return null;
    }
}
