using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Environments.Targets;

[Authorize(Policy = nameof(Permission.RegisterEnvironments))]
public sealed class NewModel(ISender sender) : PageModel, IHasTargetForm
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public TargetForm Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        (await sender.Send(new ShowEnvironment(Key), cancellationToken)).Match(_ => Page(), error => this.ShowAgain(error));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Input.ToRegister(Key, ModelState) is not { } command) return Page();

        return (await sender.Send(command, cancellationToken)).Match(
            name =>
            {
                this.Flash($"Target {name} is registered.");
                return Redirect($"/environments/{Key}#targets");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }
}
