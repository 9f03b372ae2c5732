using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Environments;

[Authorize(Policy = nameof(Permission.RegisterEnvironments))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public EnvironmentForm Input { get; set; } = new();

    /// <summary>Behind the others, where a new one usually belongs.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Input.Order = (await sender.Send(new ListEnvironments(Limit: 200), cancellationToken)).Rows.Select(environment => environment.Order).DefaultIfEmpty().Max() + 1;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return Page();

        return (await sender.Send(Input.ToRegister(), cancellationToken)).Match(
            key =>
            {
                this.Flash($"Environment {Input.Name} is registered. Its targets come next.");
                return Redirect($"/environments/{key}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }
}
