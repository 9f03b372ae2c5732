using DeployHub.Domain.Access;
using DeployHub.Features.Models.Blocks;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Blocks;

[Authorize(Policy = nameof(Permission.EditModels))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public string? Key { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Purpose { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        (await sender.Send(new CreateBlock(Key ?? "", Name ?? "", Purpose ?? ""), cancellationToken)).Match(
            key =>
            {
                this.Flash($"{Name} v1 is a draft.");
                return Redirect($"/blocks/{key}/versions/1/edit");
            },
            error => this.ShowAgain(error));
}
