using DeployHub.Domain;
using DeployHub.Domain.Deployments.Deviating;
using DeployHub.Domain.Models;

namespace DeployHub.Features.Deployments.Deviating;

/// <summary>What a plan may change in its model: within the bounds by itself, outside of them with a reason that somebody approves (domain §2.7).</summary>
internal static class DeviationBinding
{
    public static Result<IReadOnlyList<PlannedDeviation>> Bind(PlanInput input, ModelContent model)
    {
        foreach (var name in input.Parameters.Keys.Concat(input.Deviations.Keys))
            if (model.Parameters.All(parameter => parameter.Name != name))
                return Error.Invalid("plan.parameter-unknown", $"Plan.Parameters.{name}", $"{model.Name} has no parameter “{name}”.");

        var deviations = new List<PlannedDeviation>();
        foreach (var (name, value) in input.Parameters)
        {
            var parameter = model.Parameters.Single(known => known.Name == name);
            if (parameter.Check(value).Error is not { } outside) continue;
            if (parameter.BoundLeftBy(value) is not { } rule) return At(name, outside.Code, outside.Message);
            if (input.Rehearsal is not null) return At(name, outside.Code, $"{outside.Message} A rehearsal shows the model as it is.");
            if (!input.Deviations.TryGetValue(name, out var reason))
                return At(name, outside.Code, $"{outside.Message} To leave that in this plan, say why: a deployment manager then has to approve it.");

            deviations.Add(new PlannedDeviation(name, rule, reason.Trim()));
        }

        var needless = input.Deviations.Keys.FirstOrDefault(name => deviations.All(deviation => deviation.Parameter != name));
        return needless is null
            ? deviations
            : Error.Invalid("plan.deviation-needless", $"Plan.Deviations.{needless}", $"What the plan says of {needless} lies within what the model allows: leave the reason out.");
    }

    private static Error At(string name, string code, string message) => Error.Invalid(code, $"Plan.Parameters.{name}", message);
}
