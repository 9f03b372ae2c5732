using DeployHub.Domain;
using DeployHub.Features.Deployments.Templates;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>To begin with what was planned before: last time, or a template.</summary>
public sealed partial class NewModel
{
    private const int MostTemplates = 20;

    public IReadOnlyList<ListLastPlans.Row> Lasts { get; private set; } = [];

    public IReadOnlyList<ListPlanTemplates.Row> Templates { get; private set; } = [];

    /// <summary>There are others than those shown.</summary>
    public bool HasMoreTemplates { get; private set; }

    /// <summary>What the form was filled with; null when with nothing.</summary>
    public PlanCopy? Copied { get; private set; }

    /// <summary>Why it could not be.</summary>
    public Error? NotCopied { get; private set; }

    /// <summary>Number of the deployment to begin with.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Copy { get; set; }

    /// <summary>Key of the template to begin with.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Template { get; set; }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        Lasts = await sender.Send(new ListLastPlans(), cancellationToken);
        var templates = await sender.Send(new ListPlanTemplates(Limit: MostTemplates), cancellationToken);
        (Templates, HasMoreTemplates) = (templates.Rows, templates.Next is not null);

        var copy = this switch
        {
            { Copy: { Length: > 0 } number } => await sender.Send(new CopyPlan(number), cancellationToken),
            { Template: { Length: > 0 } key } => await sender.Send(new FillPlanTemplate(key), cancellationToken),
            _ => null,
        };
        if (copy is null) return;

        NotCopied = copy.Error;
        if (copy.Error is null) (Copied, Input) = (copy.Value, PlanForm.Of(copy.Value.Plan));
    }

    public async Task<IActionResult> OnPostEndTemplateAsync(string key, CancellationToken cancellationToken)
    {
        var ended = await sender.Send(new EndPlanTemplate(key ?? ""), cancellationToken);
        if (ended.Error is not { } error)
        {
            this.Flash($"The template {key} is ended.");
            return LocalRedirect("/deployments/new");
        }

        await BeginAsync(cancellationToken);
        await LoadAsync(cancellationToken);
        ModelState.Clear();
        return this.ShowAgain(error);
    }
}
