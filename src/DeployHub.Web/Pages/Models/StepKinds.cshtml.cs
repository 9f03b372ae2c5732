using DeployHub.Domain.Access;
using DeployHub.Features.Models;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class StepKindsModel(ISender sender) : PageModel
{
    public IReadOnlyList<(string Title, IReadOnlyList<StepCatalogue.Kind> Kinds)> Groups { get; private set; } = [];

    internal static string FirstSentenceOf(StepCatalogue.Kind kind) => kind.Summary.Split(". ")[0].TrimEnd('.');

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var kinds = await sender.Send(new ListStepKinds(), cancellationToken);
        Groups =
        [
            ("Steps that do something", [.. kinds.Where(kind => !kind.IsCheck)]),
            ("Checks of component versions", [.. kinds.Where(kind => kind.IsForComponents)]),
            ("Checks of environments and deployments", [.. kinds.Where(kind => kind is { IsCheck: true, IsForComponents: false })]),
        ];
    }
}
