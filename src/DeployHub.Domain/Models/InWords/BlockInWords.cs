using DeployHub.Domain.Models.Blocks;

namespace DeployHub.Domain.Models.InWords;

/// <summary>What a block asks of a model that uses it, in plain sentences.</summary>
public static class BlockInWords
{
    /// <summary>Such as “A duration such as 90s: 5m unless the model says otherwise; from 10s to 30m.”</summary>
    public static string Of(BlockParameter parameter)
    {
        var type = parameter.With(parameter.Example).TypeInWords;
        var said = parameter.Default switch
        {
            null => "every model says it",
            "" => "empty unless the model says otherwise",
            var otherwise => $"{otherwise} unless the model says otherwise",
        };
        return $"{char.ToUpperInvariant(type[0])}{type[1..]}: {said}{Bounds(parameter)}.";
    }

    /// <summary>How a document uses it, with what it has to give.</summary>
    public static string Example(BlockContent block, int version)
    {
        var required = block.Parameters.Where(parameter => parameter.IsRequired).ToList();
        var with = required.Count == 0 ? "" : $", with: {{ {string.Join(", ", required.Select(parameter => $"{parameter.Name}: {ExampleOf(parameter)}"))} }}";
        return $"- {{ use: {block.Block}@{version}{with} }}";
    }

    private static string ExampleOf(BlockParameter parameter) => parameter is { Type: ParameterType.Text, Choices: null } ? "…" : parameter.Example;

    private static string Bounds(BlockParameter parameter) => (parameter.Choices, parameter.Minimum, parameter.Maximum) switch
    {
        ({ Count: > 0 } choices, _, _) => $"; one of {string.Join(", ", choices)}",
        (_, { } least, { } most) => $"; from {least} to {most}",
        (_, { } least, null) => $"; {least} or more",
        (_, null, { } most) => $"; up to {most}",
        _ => "",
    };
}
