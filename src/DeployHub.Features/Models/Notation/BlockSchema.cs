using System.Text.Json.Nodes;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Blocks;
using static DeployHub.Features.Models.Notation.ModelSchema;

namespace DeployHub.Features.Models.Notation;

/// <summary>The JSON Schema (2020-12) of a block’s document; its steps are those of a model.</summary>
public static class BlockSchema
{
    public const string Path = "/schemas/block/v1.json";

    /// <summary>Indented, with a line break at its end, as it is published and kept in the documentation.</summary>
    public static string Text { get; } = Write(Build());

    private static JsonObject Build() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "DeployHub block",
        ["description"] = "Steps of the step library that several models share.",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = Names("block", "name", "purpose", "steps"),
        ["properties"] = new JsonObject
        {
            ["block"] = Said("The key: unique, named by models, never changes.", Texts(@"^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?$")),
            ["name"] = Said("What people call it.", Texts()),
            ["purpose"] = Said("What it is for and when to use it.", Texts()),
            ["parameters"] = Said("What a model gives it; used as ${parameter.name} in its steps.", new JsonObject
            {
                ["type"] = "object",
                ["propertyNames"] = new JsonObject { ["pattern"] = ParameterName },
                ["additionalProperties"] = Parameter(),
            }),
            ["steps"] = new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = BlockContent.MostSteps, ["items"] = new JsonObject { ["$ref"] = "#/$defs/step" } },
        },
        ["$defs"] = new JsonObject { ["step"] = Step(), ["check"] = Uses(new JsonObject()) },
    };

    private static JsonObject Parameter() => Closed(new JsonObject
    {
        ["type"] = OneOf<ParameterType>(),
        ["description"] = Texts(),
        ["default"] = Said("Without one every model has to give it.", Scalar()),
        ["minimum"] = Scalar(),
        ["maximum"] = Scalar(),
        ["choices"] = ListOf(Scalar()),
    }, "type", "description");
}
