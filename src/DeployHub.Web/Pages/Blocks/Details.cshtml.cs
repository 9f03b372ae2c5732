using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Blocks;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Blocks;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    /// <summary>Where the list of its uses goes on.</summary>
    [FromQuery]
    public string? After { get; set; }

    public ShowBlock.View Shown { get; private set; } = null!;

    /// <summary>The version that models should use, explained.</summary>
    public ShowBlockVersion.View Current { get; private set; } = null!;

    public Page<ListBlockUses.Row> Uses { get; private set; } = new([], null);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ?? Page();

    public async Task<IActionResult> OnPostDraftAsync(CancellationToken cancellationToken)
    {
        var drafted = await sender.Send(new DraftBlockVersion(Key), cancellationToken);
        if (drafted.Error is { } refusal) return await LoadAsync(cancellationToken) ?? this.ShowAgain(refusal);

        this.Flash($"v{drafted.Value} is a draft.");
        return Redirect($"/blocks/{Key}/versions/{drafted.Value}/edit");
    }

    /// <summary>Null when it was found.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var block = await sender.Send(new ShowBlock(Key), cancellationToken);
        if (block.Error is not null) return this.ShowAgain(block.Error);
        var current = await sender.Send(new ShowBlockVersion(Key, block.Value.Version), cancellationToken);
        if (current.Error is not null) return this.ShowAgain(current.Error);
        var uses = await sender.Send(new ListBlockUses(Key, After), cancellationToken);
        if (uses.Error is not null) return this.ShowAgain(uses.Error);

        (Shown, Current, Uses) = (block.Value, current.Value, uses.Value);
        return null;
    }
}
