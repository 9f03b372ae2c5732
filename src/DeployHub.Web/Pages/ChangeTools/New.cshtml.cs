using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.ChangeTools;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.ChangeTools;

[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public ChangeToolForm Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        (await sender.Send(new ConnectChangeTool(Input.Key ?? "", Input.ToSettings()), cancellationToken)).Match(
            key =>
            {
                this.Flash($"{Input.Name} is connected. Look a change up to see what it answers.");
                return Redirect($"/admin/change-tools/{key}");
            },
            error => this.ShowAgain(ChangeToolForm.ForForm(error), nameof(Input)));
}
