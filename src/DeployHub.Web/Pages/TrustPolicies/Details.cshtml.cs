using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.TrustPolicies;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public string? Reason { get; set; }

    public ShowTrustPolicy.View Policy { get; private set; } = null!;

    public ShowTrustPolicy.Version Newest => Policy.Versions[0];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowTrustPolicy(Key), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Policy = found.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(CancellationToken cancellationToken)
    {
        var withdrawn = await sender.Send(new WithdrawTrustPolicy(Key, Reason ?? ""), cancellationToken);
        if (withdrawn.Error is null)
        {
            this.Flash("The policy is withdrawn. It binds nothing any more.");
            return Redirect($"/admin/trust-policies/{Key}");
        }

        var shown = await OnGetAsync(cancellationToken);
        return Policy is null ? shown : this.ShowAgain(withdrawn.Error);
    }

    /// <summary>How what a version binds is told.</summary>
    public static string Bound(ShowTrustPolicy.Version version) => string.Concat(
        version.AppliesTo.Kinds.Count == 0 ? "Every kind of component" : $"Components of kind {string.Join(" or ", version.AppliesTo.Kinds.Select(kind => Words.Of(kind)))}",
        version.AppliesTo.Services.Count == 0 ? " of every service" : $" of {Words.List(version.AppliesTo.Services)}",
        version.AppliesTo.Tiers.Count == 0 ? ", in every tier" : $", in {Words.List(version.AppliesTo.Tiers.Select(tier => Words.Of(tier)))}");
}
