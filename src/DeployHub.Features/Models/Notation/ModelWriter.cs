using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Features.Models.Notation;

/// <summary>From what a model says to the notation, leaving out what the notation takes for granted.</summary>
internal static class ModelWriter
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter() } };

    public static JsonObject Write(ModelContent model) => Object(
        ("model", model.Model),
        ("name", model.Name),
        ("purpose", model.Purpose),
        ("approach", model.Approach.ToString()),
        ("appliesTo", OrNull(Object(
            ("kinds", Texts(model.AppliesTo.Kinds.Select(kind => kind.ToString()))),
            ("tiers", Texts(model.AppliesTo.Tiers.Select(tier => tier.ToString()))),
            ("services", Texts(model.AppliesTo.Services))))),
        ("parameters", OrNull(Object([.. model.Parameters.Select(parameter => (parameter.Name, (JsonNode?)Write(parameter)))]))),
        ("stages", Object(
            ("verifyComponents", Steps(model.VerifyComponents)),
            ("verifyEnvironment", Steps(model.VerifyEnvironment)),
            ("execute", Write(model.Execute)),
            ("verifyDeployment", Steps(model.VerifyDeployment)))),
        ("rollback", Object(
            ("method", model.Rollback.Method.ToString()),
            ("switch", model.Rollback.Switch is { } back ? Steps(back) : null),
            ("steps", model.Rollback.Steps is { } steps ? Steps(steps) : null),
            ("forwardFixPlan", model.Rollback.ForwardFixPlan))));

    private static JsonObject Write(ExecuteDefinition execute) => Object(
        ("phases", Write(execute.Phases)),
        ("failureBudget", Plain(execute.FailureBudget)),
        ("maxFailedTargets", Plain(execute.MaxFailedTargets)),
        ("soak", execute.Soak == "0s" ? null : execute.Soak),
        ("promotion", execute.Promotion is Promotion.AutomaticOnPass ? null : execute.Promotion.ToString()),
        ("onBreach", execute.OnBreach is OnBreach.Halt ? null : execute.OnBreach.ToString()),
        ("atWindowEnd", execute.AtWindowEnd is AtWindowEnd.FinishPhaseThenWait ? null : execute.AtWindowEnd.ToString()),
        ("alreadyThere", execute.AlreadyThere is AlreadyThere.LeaveUnchanged ? null : execute.AlreadyThere.ToString()),
        ("distribution", execute.Distribution?.ToString()),
        ("quota", Plain(execute.Quota)),
        ("steps", Steps(execute.Steps)),
        ("switch", execute.Switch.Count == 0 ? null : Steps(execute.Switch)),
        ("watch", execute.Watch.Count == 0 ? null : Steps(execute.Watch)));

    private static JsonNode Write(PhasePlan plan) => plan switch
    {
        Batches batches => Object(("batches", Plain(batches.Size))),
        PhaseList list => new JsonArray([.. list.Phases.Select(Write)]),
        _ => "all-at-once",
    };

    private static JsonObject Write(PhaseDefinition phase) => Object(
        ("name", phase.Name),
        ("targets", phase.Targets == "rest" ? null : Plain(phase.Targets)),
        ("traffic", phase.Traffic),
        ("soak", phase.Soak),
        ("promotion", phase.Promotion?.ToString()));

    private static JsonObject Write(Parameter parameter) => Object(
        ("type", parameter.Type.ToString()),
        ("default", Plain(parameter.Default)),
        ("mutability", parameter.Mutability.ToString()),
        ("description", parameter.Description),
        ("minimum", Plain(parameter.Minimum)),
        ("maximum", Plain(parameter.Maximum)),
        ("choices", Texts(parameter.Choices ?? [])));

    private static JsonArray Steps(IEnumerable<StepDefinition> steps) => new([.. steps.Select(Write)]);

    private static JsonObject Write(StepDefinition step) => Object(
        ("name", step.Name),
        ("key", step.Key),
        ("when", step.When),
        ("together", step.Together),
        ("uses", StepKinds.Of(step.Settings)),
        ("with", OrNull(Write(step.Settings))),
        ("timeout", step.Timeout == "15m" ? null : step.Timeout),
        ("retries", step.Retries == 0 ? null : step.Retries),
        ("runs", step.Runs is StepRuns.OnSuccess ? null : step.Runs.ToString()),
        ("ifItFails", step.IfItFails is IfItFails.Halt ? null : step.IfItFails.ToString()),
        ("afterLoss", step.AfterLoss?.ToString()),
        ("probe", step.Probe is { } probe ? Object(("uses", StepKinds.Of(probe)), ("with", OrNull(Write(probe)))) : null));

    private static JsonObject Write(StepSettings settings) => Object([.. SettingsReader.Constructor(settings.GetType()).GetParameters()
        .Select(member => (Name: SettingsReader.NameOf(member), Value: settings.GetType().GetProperty(member.Name!)!.GetValue(settings), Member: member))
        .Where(member => !member.Member.HasDefaultValue || !Equals(member.Value, SettingsReader.Default(member.Member)))
        .Select(member => (member.Name, JsonSerializer.SerializeToNode(member.Value, Options)))]);

    /// <summary>A number without quotes, where both are allowed.</summary>
    private static JsonNode? Plain(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text ? number : text;

    private static JsonArray? Texts(IEnumerable<string> texts) => texts.Any() ? new JsonArray([.. texts.Select(text => JsonValue.Create(text))]) : null;

    private static JsonObject? OrNull(JsonObject members) => members.Count == 0 ? null : members;

    private static JsonObject Object(params (string Name, JsonNode? Value)[] members) =>
        new(members.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Name, member.Value)));
}
