using DeployHub.Domain.Access;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Stores;

[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public StoreForm Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return Page();

        return (await sender.Send(Input.ToRegister(), cancellationToken)).Match(
            _ =>
            {
                this.Flash($"Store {Input.Name} is registered.");
                return Redirect("/admin/stores");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }
}
