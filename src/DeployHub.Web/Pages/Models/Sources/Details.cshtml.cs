using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Models.Sources;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models.Sources;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender, IConfiguration configuration) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public string? Reason { get; set; }

    public ShowModelSource.View Source { get; private set; } = null!;

    /// <summary>Where Git servers reach this hub.</summary>
    public string PushAddress => $"{configuration["DeployHub:PublicAddress"]?.TrimEnd('/') ?? $"{Request.Scheme}://{Request.Host}"}/api/v1/model-sources/{Key}/pushes";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ?? Page();

    public Task<IActionResult> OnPostSyncAsync(CancellationToken cancellationToken) =>
        SendAsync(new SyncModelSource(Key), "A worker looks now; look again in a few seconds.", cancellationToken);

    public Task<IActionResult> OnPostPauseAsync(CancellationToken cancellationToken) =>
        SendAsync(new PauseModelSource(Key, Reason ?? ""), "Nobody looks until somebody resumes it.", cancellationToken);

    public Task<IActionResult> OnPostResumeAsync(CancellationToken cancellationToken) =>
        SendAsync(new ResumeModelSource(Key), "It is looked at again.", cancellationToken);

    public Task<IActionResult> OnPostGoOnAsync(string? commit, CancellationToken cancellationToken) =>
        SendAsync(new GoOnFromRewrittenHistory(Key, commit ?? ""), "It goes on from there.", cancellationToken);

    public Task<IActionResult> OnPostChooseAsync(string? branch, string? path, SourceChoice choice, string? seen, CancellationToken cancellationToken)
    {
        var done = choice is SourceChoice.TakeGits ? "The draft has the text from Git." : "The draft stays as it is.";
        return SendAsync(new ResolveSourceConflict(Key, branch ?? "", path ?? "", choice, seen ?? ""), done, cancellationToken);
    }

    private async Task<IActionResult> SendAsync(ICommand<Result> command, string done, CancellationToken cancellationToken)
    {
        ModelState.Clear(); // each form binds a part; the command says what is wrong
        var result = await sender.Send(command, cancellationToken);
        if (result.Error is { } refusal) return await LoadAsync(cancellationToken) ?? this.ShowAgain(refusal);

        this.Flash(done);
        return Redirect($"/models/sources/{Key}");
    }

    /// <summary>Null when it was found.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowModelSource(Key), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Source = found.Value;
        return null;
    }
}
