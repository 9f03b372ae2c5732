using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Models.Communicating;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Slug { get; set; } = "";

    public ShowModel.View Shown { get; private set; } = null!;

    /// <summary>The version that plans use, explained.</summary>
    public ShowModelVersion.View Current { get; private set; } = null!;

    /// <summary>Later versions of what it is built of.</summary>
    public ListModelUpdates.View Updates { get; private set; } = null!;

    /// <summary>A later version was to be taken over, and that was refused.</summary>
    public bool WasTaking { get; private set; }

    /// <summary>Whoever looks asked to be told what happens to it.</summary>
    public bool IsSubscribed { get; private set; }

    [BindProperty]
    public string? Owner { get; set; }

    [BindProperty]
    public DateOnly? ReviewBy { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;

        ReviewBy = Shown.ReviewBy;
        return Page();
    }

    public async Task<IActionResult> OnPostTakeAsync(BuildingPart part, string? name, int to, CancellationToken cancellationToken)
    {
        var taken = await sender.Send(new TakeModelUpdate(Slug, part, name ?? "", to), cancellationToken);
        if (taken.Error is { } refusal)
        {
            if (await LoadAsync(cancellationToken) is { } missing) return missing;

            (ReviewBy, WasTaking) = (Shown.ReviewBy, true);
            return this.ShowAgain(refusal);
        }

        this.Flash($"v{taken.Value} names {name} v{to}. Nothing else of its text changed.");
        return Redirect($"/models/{Slug}/versions/{taken.Value}/edit");
    }

    public Task<IActionResult> OnPostSubscribeAsync(CancellationToken cancellationToken) =>
        AskAsync(new SubscribeToModel(Slug), "You are told what happens to this model.", cancellationToken);

    public Task<IActionResult> OnPostUnsubscribeAsync(CancellationToken cancellationToken) =>
        AskAsync(new UnsubscribeFromModel(Slug), "You are told no more, unless you use it.", cancellationToken);

    private async Task<IActionResult> AskAsync(ICommand<Result> command, string done, CancellationToken cancellationToken)
    {
        ModelState.Clear(); // the other forms were not sent
        var asked = await sender.Send(command, cancellationToken);
        if (asked.Error is { } refusal)
        {
            if (await LoadAsync(cancellationToken) is { } missing) return missing;

            ReviewBy = Shown.ReviewBy;
            return this.ShowAgain(refusal);
        }

        this.Flash(done);
        return Redirect($"/models/{Slug}#told");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;

        var entrusted = await sender.Send(new EntrustModel(Slug, Owner ?? "", ReviewBy ?? default), cancellationToken);
        if (entrusted.Error is { } refusal) return this.ShowAgain(refusal);

        this.Flash($"{Shown.Name} is entrusted.");
        return Redirect($"/models/{Slug}");
    }

    /// <summary>Null when it was found.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var model = await sender.Send(new ShowModel(Slug), cancellationToken);
        if (model.Error is not null) return this.ShowAgain(model.Error);
        var current = await sender.Send(new ShowModelVersion(Slug, model.Value.Version), cancellationToken);
        if (current.Error is not null) return this.ShowAgain(current.Error);

        var updates = await sender.Send(new ListModelUpdates(Slug), cancellationToken);
        if (updates.Error is not null) return this.ShowAgain(updates.Error);

        IsSubscribed = (await sender.Send(new ShowPublicationReaders(Slug, model.Value.Version), cancellationToken)).Value.IsSubscribed;
        (Shown, Current, Updates) = (model.Value, current.Value, updates.Value);
        return null;
    }
}
