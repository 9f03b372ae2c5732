using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.TrustPolicies;

[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public TrustPolicyForm Input { get; set; } = new();

    public async Task OnGetAsync(CancellationToken cancellationToken) => Input.TrustedKeys = await sender.TrustedKeysAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        Input.TrustedKeys = await sender.TrustedKeysAsync(cancellationToken);
        if (Input.Version.Read(ModelState, "Input.Version") is not { } version) return Page();

        return (await sender.Send(new RegisterTrustPolicy(Input.Key ?? "", Input.Name ?? "", version), cancellationToken)).Match(
            key =>
            {
                this.Flash($"{Input.Name} is in force.");
                return Redirect($"/admin/trust-policies/{key}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }
}
