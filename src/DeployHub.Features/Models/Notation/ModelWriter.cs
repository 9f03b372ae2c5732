using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Features.Models.Notation;

/// <summary>From what a model or a block says to the notation, leaving out what the notation takes for granted.</summary>
internal static class ModelWriter
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter() } };

    public static JsonObject Write(ModelContent model) => model.Extends is { } extended ? Extension(model, extended) : WrittenOut(model);

    public static JsonObject Write(BlockContent block) => Object(
        ("block", block.Block),
        ("name", block.Name),
        ("purpose", block.Purpose),
        ("parameters", OrNull(Object([.. block.Parameters.Select(parameter => (parameter.Name, (JsonNode?)Write(parameter)))]))),
        ("steps", Steps(block.Steps)));

    private static JsonObject Extension(ModelContent model, ModelExtension extended) => Object(
        ("model", model.Model),
        ("name", model.Name),
        ("purpose", model.Purpose),
        ("extends", new Pin(extended.Model, extended.Version).ToString()),
        ("appliesTo", OrNull(Write(model.AppliesTo))),
        ("preAuthorised", model.PreAuthorised is { } authorised ? Write(authorised) : null),
        ("parameters", OrNull(Object([.. extended.Parameters.Select(parameter => (parameter.Name, (JsonNode?)Write(parameter)))]))));

    private static JsonObject WrittenOut(ModelContent model) => Object(
        ("model", model.Model),
        ("name", model.Name),
        ("purpose", model.Purpose),
        ("approach", model.Approach.ToString()),
        ("appliesTo", OrNull(Write(model.AppliesTo))),
        ("preAuthorised", model.PreAuthorised is { } authorised ? Write(authorised) : null),
        ("parameters", OrNull(Object([.. model.Parameters.Select(parameter => (parameter.Name, (JsonNode?)Write(parameter)))]))),
        ("roles", OrNull(Object([.. (model.Roles ?? []).Select(slot => (slot.Name, (JsonNode?)Write(slot)))]))),
        ("approvals", model.Approvals is { Count: > 0 } demands ? new JsonArray([.. demands.Select(Write)]) : null),
        ("stages", Object(
            ("verifyComponents", Steps(model.VerifyComponents)),
            ("verifyEnvironment", Steps(model.VerifyEnvironment)),
            ("execute", Write(model.Execute)),
            ("verifyDeployment", Steps(model.VerifyDeployment)))),
        ("rollback", Object(
            ("method", model.Rollback.Method.ToString()),
            ("switch", model.Rollback.Switch is { } back ? Steps(back) : null),
            ("steps", model.Rollback.Steps is { } steps ? Steps(steps) : null),
            ("forwardFixPlan", model.Rollback.ForwardFixPlan))),
        ("removal", model.Removal is { } removal ? Object(("steps", Steps(removal.Steps)), ("proof", Steps(removal.Proof))) : null));

    private static JsonObject Write(Applicability applies) => Object(
        ("kinds", Texts(applies.Kinds.Select(kind => kind.ToString()))),
        ("tiers", Texts(applies.Tiers.Select(tier => tier.ToString()))),
        ("services", Texts(applies.Services)));

    private static JsonObject Write(PreAuthorisation scope) => Object(
        ("services", Texts(scope.Services)),
        ("tiers", Texts(scope.Tiers.Select(tier => tier.ToString()))));

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

    private static JsonObject Write(RoleSlot slot) => Object(
        ("role", slot.Role.ToString()),
        ("qualification", slot.Qualification),
        ("people", slot.People == 1 ? null : slot.People),
        ("optional", slot.Optional ? true : null),
        ("differsFrom", Texts(slot.DiffersFrom ?? [])),
        ("description", slot.Description));

    private static JsonObject Write(ApprovalDemand demand) => Object(
        ("tier", demand.Tier.ToString()),
        ("category", demand.Category is ChangeCategory.Normal ? null : demand.Category.ToString()),
        ("qualities", Texts(demand.Qualities.Select(quality => quality.ToString()))),
        ("atLeast", demand.AtLeast));

    private static JsonObject Write(Parameter parameter) => Object(
        ("type", parameter.Type.ToString()),
        ("default", Plain(parameter.Default)),
        ("mutability", parameter.Mutability.ToString()),
        ("description", parameter.Description),
        ("minimum", Plain(parameter.Minimum)),
        ("maximum", Plain(parameter.Maximum)),
        ("choices", Texts(parameter.Choices ?? [])));

    private static JsonObject Write(ParameterOverride parameter) => Object(
        ("default", Plain(parameter.Default)),
        ("mutability", parameter.Mutability?.ToString()),
        ("minimum", Plain(parameter.Minimum)),
        ("maximum", Plain(parameter.Maximum)),
        ("choices", parameter.Choices is { } choices ? new JsonArray([.. choices.Select(choice => JsonValue.Create(choice))]) : null));

    private static JsonObject Write(BlockParameter parameter) => Object(
        ("type", parameter.Type.ToString()),
        ("description", parameter.Description),
        ("default", Plain(parameter.Default)),
        ("minimum", Plain(parameter.Minimum)),
        ("maximum", Plain(parameter.Maximum)),
        ("choices", Texts(parameter.Choices ?? [])));

    /// <summary>The steps of a block stand where it is used, in one place.</summary>
    private static JsonArray Steps(IReadOnlyList<StepDefinition> steps) => new([.. steps
        .Where((step, index) => step.Use is null || index == 0 || !step.Use.IsPlaceOf(steps[index - 1].Use))
        .Select(step => step.Use is { } use ? Write(use) : Write(step))]);

    private static JsonObject Write(BlockUse use) => Object(
        ("use", new Pin(use.Block, use.Version).ToString()),
        ("as", use.As),
        ("with", OrNull(Object([.. (use.With ?? new Dictionary<string, string>()).Select(given => (given.Key, Plain(given.Value)))]))));

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
