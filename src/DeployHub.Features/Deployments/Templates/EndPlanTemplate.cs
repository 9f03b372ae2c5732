using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Templates;

/// <summary>Offers a template no more. It stays, and keeps its key.</summary>
[Requires(Permission.PlanDeployments)]
public sealed record EndPlanTemplate(string Key) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<EndPlanTemplate>
    {
        public Validator() => RuleFor(command => command.Key).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<EndPlanTemplate, Result>
    {
        public async ValueTask<Result> Handle(EndPlanTemplate command, CancellationToken cancellationToken)
        {
            if (await db.PlanTemplates.SingleOrDefaultAsync(known => known.Key == command.Key, cancellationToken) is not { } template) return Error.NotFound("plan-template", command.Key);
            var service = await db.Services.Where(known => known.Id == template.ServiceId).Select(known => known.Key).SingleAsync(cancellationToken);
            return caller.RefusalOf(Permission.PlanDeployments, service, template.Outline.Environment) is { } refusal ? refusal : template.End(caller.Actor, clock.GetUtcNow());
        }
    }
}
