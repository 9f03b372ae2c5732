using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using DeployHub.Features.Pipeline;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.TrustPolicies;

/// <summary>Begins with what the newest version says, but for its end and its reason.</summary>
[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class NewVersionModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public TrustPolicyForm Input { get; set; } = new();

    public ShowTrustPolicy.View Policy { get; private set; } = null!;

    /// <summary>What somebody else published since this form was opened.</summary>
    public ShowTrustPolicy.Version? SavedMeanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();

        (Input.Version, Input.Seen) = (TrustPolicyVersionForm.Of(Policy.Versions[0]), Policy.RowVersion);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        if (Input.Version.Read(ModelState, "Input.Version") is not { } version) return Page();

        var published = await sender.Send(new PublishTrustPolicyVersion(Key, version, Input.Seen), cancellationToken);
        if (published.Error == Conflicts.ChangedMeanwhile) LookAgain();
        return published.Match(
            _ =>
            {
                this.Flash($"Version {Policy.Versions[0].Number + 1} of {Policy.Name} counts from now on.");
                return Redirect($"/admin/trust-policies/{Key}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowTrustPolicy(Key), cancellationToken);
        if (found.Error is not null) return false;

        Policy = found.Value;
        Input.TrustedKeys = await sender.TrustedKeysAsync(cancellationToken);
        return true;
    }

    private void LookAgain()
    {
        SavedMeanwhile = Policy.Versions[0];
        ModelState.Remove("Input.Seen");
        Input.Seen = Policy.RowVersion;
    }
}
