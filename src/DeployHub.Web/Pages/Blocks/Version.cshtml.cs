using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Models.Blocks;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Blocks;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class VersionModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [FromRoute]
    public int Number { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? ReleaseNote { get; set; }

    public ShowBlockVersion.View Shown { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ?? Page();

    public Task<IActionResult> OnPostPublishAsync(string? digest, CancellationToken cancellationToken) =>
        MoveAsync(new PublishBlockVersion(Key, Number, digest ?? "", ReleaseNote ?? ""), "is published: models may use it.", cancellationToken);

    public Task<IActionResult> OnPostDiscardAsync(CancellationToken cancellationToken) => MoveAsync(new DiscardBlockVersion(Key, Number, Reason ?? ""), "is discarded.", cancellationToken);

    public Task<IActionResult> OnPostRetireAsync(CancellationToken cancellationToken) => MoveAsync(new RetireBlockVersion(Key, Number, Reason ?? ""), "is retired.", cancellationToken);

    private async Task<IActionResult> MoveAsync(ICommand<Result> command, string done, CancellationToken cancellationToken)
    {
        ModelState.Clear(); // each form binds a part; the command says what is wrong
        var result = await sender.Send(command, cancellationToken);
        if (result.Error is { } refusal) return await LoadAsync(cancellationToken) ?? this.ShowAgain(refusal);

        this.Flash($"v{Number} {done}");
        return Redirect($"/blocks/{Key}/versions/{Number}");
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
