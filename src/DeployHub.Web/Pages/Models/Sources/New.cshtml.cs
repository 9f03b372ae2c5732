using DeployHub.Domain.Access;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models.Sources;

[Authorize(Policy = nameof(Permission.ManageModelSources))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public SourceForm Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return Page();

        return (await sender.Send(Input.ToRegister(), cancellationToken)).Match(
            key =>
            {
                this.Flash($"{Input.Settings.Name} is registered; a worker looks at it now.");
                return Redirect($"/models/sources/{key}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }
}
