using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Blocks;

/// <summary>A block's steps in the place of one use.</summary>
internal sealed class BlockExpansion
{
    private readonly BlockContent _block;
    private readonly BlockUse _use;

    /// <summary>What stands for a name in a text.</summary>
    private readonly Dictionary<string, string> _values = [];

    /// <summary>What stands for it in a condition, where a text is in quotes.</summary>
    private readonly Dictionary<string, string> _literals = [];

    public BlockExpansion(BlockContent block, BlockUse use)
    {
        (_block, _use) = (block, use);
        foreach (var parameter in block.Parameters)
        {
            var value = use.With?.GetValueOrDefault(parameter.Name) ?? parameter.Default ?? "";
            (_values[$"parameter.{parameter.Name}"], _literals[$"parameter.{parameter.Name}"]) = (value, Literal(parameter.Type, value));
        }

        foreach (var step in block.Steps)
            foreach (var output in step.Key is null ? [] : step.Settings.OutputNames)
                _values[StepOutputs.NameOf(step.Key!, output)] = _literals[StepOutputs.NameOf(step.Key!, output)] = $"${{{StepOutputs.NameOf(Apart(step.Key!), output)}}}";
    }

    public IReadOnlyList<StepDefinition> Steps() => [.. _block.Steps.Select(Step)];

    private StepDefinition Step(StepDefinition step) => step with
    {
        Name = _use.As is { } prefix ? $"{prefix}: {Filled(step.Name)}" : Filled(step.Name),
        Settings = Filled(step.Settings),
        Key = step.Key is { } key ? Apart(key) : null,
        When = step.When is { } condition ? Template.Fill(condition, _literals, new List<string>()) : null,
        Together = step.Together is { } group ? Apart(group) : null,
        Timeout = Filled(step.Timeout),
        Probe = step.Probe is { } probe ? Filled(probe) : null,
        Use = _use,
    };

    private StepSettings Filled(StepSettings settings) => Template.Rewrite(settings, Filled);

    private string Filled(string text) => Template.Fill(text, _values, new List<string>());

    /// <summary>A key or a group, told apart from that of another use.</summary>
    private string Apart(string name) => _use.As is { } prefix ? $"{prefix}-{name}" : name;

    private static string Literal(ParameterType type, string value) =>
        type is ParameterType.Integer or ParameterType.Boolean || Template.NamesIn(value).Any() ? value
        : value.Contains('\'') ? $"\"{value}\""
        : $"'{value}'";
}
