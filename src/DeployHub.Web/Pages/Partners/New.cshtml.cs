using DeployHub.Domain.Access;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Partners;

[Authorize(Policy = nameof(Permission.ManagePartners))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public OrganisationForm Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return Page();

        return (await sender.Send(Input.ToRegister(), cancellationToken)).Match(
            key =>
            {
                this.Flash($"{Input.Name} is registered. Name whom to ask, and what concerns them.");
                return Redirect($"/partners/{key}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }
}
