using DeployHub.Domain.Access;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Services;

[Authorize(Policy = nameof(Permission.RegisterServices))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public ServiceForm Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        (await sender.Send(Input.ToRegister(), cancellationToken)).Match(
            key =>
            {
                this.Flash($"Service {Input.Name} is registered. Its components come next.");
                return Redirect($"/services/{key}");
            },
            error => this.ShowAgain(error, nameof(Input)));
}
