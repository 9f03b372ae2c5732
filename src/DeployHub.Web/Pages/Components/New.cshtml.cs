using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Components;

[Authorize(Policy = nameof(Permission.RegisterServices))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public Form Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Services { get; private set; } = [];

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Services = [.. (await sender.Send(new ListServices(Limit: 200))).Rows.Select(service => new SelectListItem(service.Name, service.Key))];
        await next();
    }

    public void OnGet(string? service) => Input.Service = service;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return Page();

        var command = new RegisterComponent(Input.Service ?? "", Input.Key ?? "", Input.Name ?? "", Input.Kind, Input.SubKind.OrNull());
        return (await sender.Send(command, cancellationToken)).Match(
            key =>
            {
                this.Flash($"Component {Input.Name} is registered. Its first version comes next.");
                return Redirect($"/components/{key}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    public sealed class Form
    {
        public string? Service { get; set; }

        public string? Key { get; set; }

        public string? Name { get; set; }

        public ComponentKind Kind { get; set; }

        public string? SubKind { get; set; }
    }
}
