using DeployHub.Domain.Access;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.TrustedKeys;

[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public TrustedKeyForm Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return Page();

        return (await sender.Send(Input.ToRegister(), cancellationToken)).Match(
            key =>
            {
                this.Flash($"{Input.Name} is trusted.");
                return Redirect($"/admin/trusted-keys/{key}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }
}
