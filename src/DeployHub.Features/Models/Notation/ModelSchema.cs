using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Features.Models.Notation;

/// <summary>The JSON Schema (2020-12) of a model document, made from the types, so that editors complete and check what people write.</summary>
public static class ModelSchema
{
    public const string Path = "/schemas/model/v1.json";

    internal const string ParameterName = "^[a-z][A-Za-z0-9]{0,49}$";

    private const string PinForm = "^[a-z0-9][a-z0-9.-]{0,63}@[1-9][0-9]{0,5}$";
    private const string StepName = "^[A-Za-z_][A-Za-z0-9_-]{0,49}$";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Indented, with a line break at its end, as it is published and kept in the documentation.</summary>
    public static string Text { get; } = Write(Build());

    private static JsonObject Build() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "DeployHub deployment model",
        ["description"] = "How to deploy one class of components: four stages of steps, phases, parameters and the way back.",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = Names("model", "name", "purpose"),
        ["properties"] = new JsonObject
        {
            ["model"] = Said("The slug: unique, stands in addresses, never changes.", Texts(@"^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?$")),
            ["name"] = Said("What people call it.", Texts()),
            ["purpose"] = Said("What it is for and when to use it.", Texts()),
            ["approach"] = Said("The general way of deploying.", OneOf<Approach>()),
            ["appliesTo"] = Said("Where it may be used; what is left out means anywhere.", Closed(new JsonObject
            {
                ["kinds"] = ListOf(OneOf<ComponentKind>()),
                ["tiers"] = ListOf(OneOf<Tier>()),
                ["services"] = Said("Keys of services.", ListOf(Texts())),
            })),
            ["preAuthorised"] = Said("Where deployments with it are standard changes, which nobody approves one by one; nowhere unless told.", Closed(new JsonObject
            {
                ["services"] = Said("Keys of services.", ListOf(Texts())),
                ["tiers"] = ListOf(OneOf<Tier>()),
            }, "services", "tiers")),
            ["extends"] = Said("A published version of another model, such as rolling-web-service@7: everything is as there, but for the head and what parameters say.", Texts(PinForm)),
            ["parameters"] = Said("What a plan may adapt; used as ${parameter.name}.", new JsonObject
            {
                ["type"] = "object",
                ["propertyNames"] = new JsonObject { ["pattern"] = ParameterName },
            }),
            ["roles"] = Said("Places that a plan fills with people. Steps name them; operator is whoever starts the run.", new JsonObject
            {
                ["type"] = "object",
                ["propertyNames"] = new JsonObject { ["pattern"] = "^[a-z][A-Za-z0-9-]{0,39}$" },
                ["additionalProperties"] = Role(),
            }),
            ["approvals"] = Said("What the model asks of approvals beyond what is asked everywhere; the strictest wins.", ListOf(Approval())),
            ["stages"] = Closed(new JsonObject
            {
                ["verifyComponents"] = Said("Once for each component version, before any target is touched.", Steps()),
                ["verifyEnvironment"] = Said("Once for each target. The lock and the baseline are always taken.", Steps()),
                ["execute"] = Execute(),
                ["verifyDeployment"] = Said("Once for each target: at least one step reads the target itself.", Steps()),
            }, "verifyComponents", "verifyEnvironment", "execute", "verifyDeployment"),
            ["rollback"] = Closed(new JsonObject
            {
                ["method"] = OneOf<RollbackMethod>(),
                ["switch"] = Said("Once, before any target: what leads the traffic back, with ${phase.traffic} being 0.", Steps()),
                ["steps"] = Said("For methods other than RedeployPrevious: what leads each touched target back.", Steps()),
                ["forwardFixPlan"] = Said("For Irreversible: how a failure is fixed forward.", Texts()),
            }, "method"),
            ["removal"] = Said("How a component that a plan wants absent is taken away; without it no plan removes anything with this model.", Closed(new JsonObject
            {
                ["steps"] = Said("Once for each target, in Execute; ${component.key} names the component.", Steps()),
                ["proof"] = Said("Once for each target, when the deployment is verified: at least one looks whether it is gone.", Steps()),
            }, "steps", "proof")),
        },
        ["if"] = new JsonObject { ["required"] = Names("extends") },
        ["then"] = new JsonObject
        {
            ["properties"] = new JsonObject { ["approach"] = false, ["roles"] = false, ["approvals"] = false, ["stages"] = false, ["rollback"] = false, ["removal"] = false, ["parameters"] = new JsonObject { ["additionalProperties"] = Override() } },
        },
        ["else"] = new JsonObject
        {
            ["required"] = Names("approach", "stages", "rollback"),
            ["properties"] = new JsonObject { ["parameters"] = new JsonObject { ["additionalProperties"] = Parameter() } },
        },
        ["$defs"] = new JsonObject { ["place"] = Place(), ["use"] = Use(), ["step"] = Step(), ["check"] = Uses(new JsonObject()) },
    };

    /// <summary>What may stand in a list of steps.</summary>
    private static JsonObject Place() => new()
    {
        ["if"] = new JsonObject { ["required"] = Names("use") },
        ["then"] = new JsonObject { ["$ref"] = "#/$defs/use" },
        ["else"] = new JsonObject { ["$ref"] = "#/$defs/step" },
    };

    private static JsonObject Use() => Closed(new JsonObject
    {
        ["use"] = Said("A block of the step library with its version, such as wait-until-healthy@2: its steps stand here.", Texts(PinForm)),
        ["as"] = Said("Tells the names of its steps apart from those of another use, such as blue.", Texts(StepName)),
        ["with"] = Said("What the block is given for its parameters.", new JsonObject { ["type"] = "object", ["additionalProperties"] = Scalar() }),
    }, "use");

    private static JsonObject Override() => Closed(new JsonObject
    {
        ["default"] = Scalar(),
        ["mutability"] = Said("Bounded where it was Free, or Fixed.", OneOf<Mutability>()),
        ["minimum"] = Said("Not below the one of the model that is extended.", Scalar()),
        ["maximum"] = Said("Not above the one of the model that is extended.", Scalar()),
        ["choices"] = Said("Some of those of the model that is extended.", ListOf(Scalar())),
    });

    private static JsonObject Parameter() => Closed(new JsonObject
    {
        ["type"] = OneOf<ParameterType>(),
        ["default"] = Scalar(),
        ["mutability"] = Said("How far a plan may change it.", OneOf<Mutability>()),
        ["description"] = Texts(),
        ["minimum"] = Scalar(),
        ["maximum"] = Scalar(),
        ["choices"] = ListOf(Scalar()),
    }, "type", "default", "mutability", "description");

    private static JsonObject Role() => Closed(new JsonObject
    {
        ["role"] = Said("What whoever is named for it holds, for the service and the environment of the plan.", OneOf<Role>()),
        ["qualification"] = Said("A skill that they hold there, such as rack-hardware. None unless told.", Texts(@"^[a-z0-9][a-z0-9.-]{0,63}$")),
        ["people"] = Said("How many it takes. 1 unless told.", new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = RoleSlot.MostPeople }),
        ["optional"] = Said("True lets a plan leave it empty: whoever has the role and the qualification does its steps then.", new JsonObject { ["type"] = "boolean" }),
        ["differsFrom"] = Said("Other slots: nobody is in one of them and in this one.", ListOf(Texts())),
        ["description"] = Said("What its people do, for whoever plans.", Texts()),
    }, "role");

    private static JsonObject Approval() => Closed(new JsonObject
    {
        ["tier"] = Said("Of the environments in which it counts.", OneOf<Tier>()),
        ["category"] = Said("Of the changes for which it counts. Normal unless told.", OneOf<ChangeCategory>()),
        ["qualities"] = Said("What somebody has to be qualified for, one person each.", ListOf(OneOf<ApproverQuality>())),
        ["atLeast"] = Said("How many people have to approve. One for each quality unless told.", new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = ApprovalDemand.MostPeople }),
    }, "tier");

    private static JsonObject Execute() => Closed(new JsonObject
    {
        ["phases"] = Said("all-at-once, batches of a count or a share of the targets, or a list of phases.", new JsonObject
        {
            ["oneOf"] = new JsonArray(
                new JsonObject { ["const"] = "all-at-once" },
                Closed(new JsonObject { ["batches"] = Scalar() }, "batches"),
                new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Phase() }),
        }),
        ["failureBudget"] = Said("How many targets of a phase may fail before the run halts: a count or a share. 0 unless told.", Scalar()),
        ["maxFailedTargets"] = Said("How many targets of all phases together may fail: a count or a share. No such limit unless told.", Scalar()),
        ["soak"] = Said("How long each phase is observed before the next one begins, such as 10m. 0s unless told.", Texts()),
        ["promotion"] = Said("Who lets the next phase begin. AutomaticOnPass unless told.", OneOf<Promotion>()),
        ["atWindowEnd"] = Said("What happens when the slot is over before the last phase has begun. FinishPhaseThenWait unless told.", OneOf<AtWindowEnd>()),
        ["alreadyThere"] = Said("What happens to targets that have every version of the plan already. LeaveUnchanged unless told: they are verified, and nothing is done there.", OneOf<AlreadyThere>()),
        ["onBreach"] = Said("What follows a check that fails while a phase is observed. Halt unless told.", OneOf<OnBreach>()),
        ["distribution"] = Said("Push when workers bring the versions, Pull when each target fetches by itself in a step that uses pull. Push unless told.", OneOf<Distribution>()),
        ["quota"] = Said("With Pull: how many targets of a phase have to succeed by the deadline, a share or a count; the rest are deferred. 95% unless told.", Scalar()),
        ["steps"] = Said("Once for each target, in this order.", Steps()),
        ["switch"] = Said("Once for each phase, after its targets: what shifts the traffic, with ${phase.traffic}.", Steps()),
        ["watch"] = Said("Checks that observe each phase while it soaks, all at the same time.", Steps()),
    }, "steps");

    private static JsonObject Phase() => Closed(new JsonObject
    {
        ["name"] = Texts(),
        ["targets"] = Said("Which targets it takes: rest, none, a count such as 2, a cumulative share such as 25%, or a label such as ring=R1. rest unless told.", Scalar()),
        ["traffic"] = Said("How much of the traffic goes to the new version when it is over, such as 25%.", Scalar()),
        ["soak"] = Said("How long it is observed.", Texts()),
        ["promotion"] = Said("Who lets the next phase begin.", OneOf<Promotion>()),
    }, "name");

    internal static JsonObject Step() => Uses(new JsonObject
    {
        ["name"] = Texts(),
        ["key"] = Said("Names it for the steps after it, which use what it says as ${step.key.output}.", Texts(StepName)),
        ["when"] = Said("The condition under which it runs, such as ${parameter.migrate} && ${step.plan.changes} > 0. Always unless told.", Scalar()),
        ["together"] = Said("Names a group: the neighbours with the same name begin at once, and what follows begins when all are over. Alone unless told.", Texts(StepName)),
        ["timeout"] = Said("Such as 90s, 15m, 2h or 1d; 15m unless told.", Texts()),
        ["retries"] = Said("Automatic, only for a step that may run again.", new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 3 }),
        ["runs"] = Said("After the steps before it succeeded, after one of them failed, or both. OnSuccess unless told.", OneOf<StepRuns>()),
        ["ifItFails"] = Said("Halt, or GoOn with the steps after it. Halt unless told.", OneOf<IfItFails>()),
        ["afterLoss"] = Said("What becomes of the step when its worker is lost.", OneOf<AfterLoss>()),
        ["probe"] = Said("A check that finds out whether the step happened.", new JsonObject { ["$ref"] = "#/$defs/check" }),
    }, "name");

    /// <summary><c>uses</c> says the kind, and the kind says what may stand in <c>with</c>.</summary>
    internal static JsonObject Uses(JsonObject members, params string[] required)
    {
        members["uses"] = new JsonObject { ["enum"] = Names([.. StepKinds.InModels.Keys]) };
        members["with"] = new JsonObject { ["type"] = "object" };
        var step = Closed(members, [.. required, "uses"]);
        step["allOf"] = new JsonArray([.. StepKinds.InModels.Select(kind => Settings(kind.Key, kind.Value))]);
        return step;
    }

    private static JsonObject Settings(string kind, Type type)
    {
        var settings = Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Loosen }).AsObject();
        if (DocComments.SummaryOf(type) is { } summary) settings.Insert(0, "description", summary);
        var then = new JsonObject { ["properties"] = new JsonObject { ["with"] = settings } };
        if (settings["required"] is not null) then["required"] = Names("with");
        return new JsonObject { ["if"] = new JsonObject { ["properties"] = new JsonObject { ["uses"] = new JsonObject { ["const"] = kind } } }, ["then"] = then };
    }

    /// <summary>What is left out is left out, never null; values by name may look like numbers, as in YAML.</summary>
    private static JsonNode Loosen(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject members) return schema;
        if (members["type"] is JsonArray types && types.Count == 2) members["type"] = types[0]!.DeepClone();
        if (members["default"] is null && members.ContainsKey("default")) members.Remove("default");
        if (members["enum"] is JsonArray { Count: > 0 } choices && choices[^1] is null) choices.RemoveAt(choices.Count - 1);
        if (context.TypeInfo.Kind is JsonTypeInfoKind.Dictionary) members["additionalProperties"] = Scalar();
        if (context.PropertyInfo is { } property && DocComments.OfProperty(property.DeclaringType, property.Name) is { } said) members.Insert(0, "description", said);
        if (context.PropertyInfo is { Name: "become" }) members["type"] = Names("string", "boolean"); // true is root
        return members;
    }

    private static JsonObject Steps() => new() { ["type"] = "array", ["minItems"] = 1, ["items"] = new JsonObject { ["$ref"] = "#/$defs/place" } };

    internal static JsonObject Closed(JsonObject properties, params string[] required)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Length > 0) schema["required"] = Names(required);
        return schema;
    }

    internal static JsonObject Texts(string? pattern = null) =>
        pattern is null ? new() { ["type"] = "string" } : new() { ["type"] = "string", ["pattern"] = pattern };

    internal static JsonObject Scalar() => new() { ["type"] = Names("string", "number", "boolean") };

    internal static JsonObject OneOf<T>() where T : struct, Enum => new() { ["enum"] = Names(Enum.GetNames<T>()) };

    internal static JsonObject ListOf(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    internal static JsonArray Names(params string[] names) => new([.. names.Select(name => JsonValue.Create(name))]);

    internal static JsonObject Said(string description, JsonObject schema)
    {
        schema.Insert(0, "description", description);
        return schema;
    }

    internal static string Write(JsonObject schema)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable)) schema.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
