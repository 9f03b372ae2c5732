using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Comparing;
using DeployHub.Features.Models;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models;

/// <summary>What changed between two versions, in words and beside each other; the newest and the one before it unless the address says which.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class CompareModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Slug { get; set; } = "";

    [FromQuery]
    public int? From { get; set; }

    [FromQuery]
    public int? To { get; set; }

    /// <summary>Slug of the earlier version's model, where it is another.</summary>
    [FromQuery]
    public string? FromModel { get; set; }

    public ShowModel.View Shown { get; private set; } = null!;

    /// <summary>The model of the earlier version.</summary>
    public ShowModel.View Former { get; private set; } = null!;

    public IReadOnlyList<ListModels.Row> Models { get; private set; } = [];

    /// <summary>Null while one of the two is a draft that says nothing.</summary>
    public ModelDifferences? Differences { get; private set; }

    /// <summary>Why nothing is compared, in a sentence.</summary>
    public string? Unreadable { get; private set; }

    public bool IsSameModel => Former.Slug == Shown.Slug;

    internal static string Title(ModelPart part) => part switch
    {
        ModelPart.Model => "The model itself",
        ModelPart.Applicability => "Where it applies",
        ModelPart.Parameters => "What a plan may change",
        ModelPart.Roles => "Whom a plan names",
        ModelPart.Approvals => "What it asks of approvals",
        _ => Words.Title(part),
    };

    internal static string Icon(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "plus",
        ChangeKind.Removed => "trash",
        ChangeKind.Moved => "arrow-right",
        _ => "edit",
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowModel(Slug), cancellationToken);
        if (shown.Error is not null) return this.ShowAgain(shown.Error);
        var former = FromModel.OrNull() is { } other && other != Slug ? await sender.Send(new ShowModel(other), cancellationToken) : shown;
        if (former.Error is not null) return this.ShowAgain(former.Error);

        (Shown, Former) = (shown.Value, former.Value);
        Choose();
        var differences = await sender.Send(new CompareModelVersions(Slug, From!.Value, To!.Value, Former.Slug), cancellationToken);
        if (differences.Error is { Kind: not ErrorKind.Conflict } refused) return this.ShowAgain(refused);

        (Differences, Unreadable) = (differences.Error is null ? differences.Value : null, differences.Error?.Message);
        Models = (await sender.Send(new ListModels(Limit: 200), cancellationToken)).Rows;
        return Page();
    }

    /// <summary>A version that the other model does not have is the form's from before that model was chosen.</summary>
    private void Choose()
    {
        To ??= Shown.Versions[0].Number;
        if (!IsSameModel && From is not null && Former.Versions.All(edition => edition.Number != From)) From = null;
        From ??= IsSameModel ? Former.Versions.Select(edition => edition.Number).FirstOrDefault(number => number < To, To.Value) : Former.Versions[0].Number;
    }
}
