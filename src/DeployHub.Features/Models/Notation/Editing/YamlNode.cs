using YamlDotNet.Core;

namespace DeployHub.Features.Models.Notation.Editing;

/// <summary>A piece of a YAML text with its place in it.</summary>
/// <param name="Start">Where its first character stands; for a block list, its first dash.</param>
/// <param name="End">Behind its last character: no white space, comment or line end is part of it.</param>
/// <param name="IsInFlow">It stands inside brackets.</param>
internal abstract record YamlNode(int Start, int End, bool IsInFlow)
{
    /// <summary>It is told in lines of its own, below what it belongs to.</summary>
    public virtual bool IsBlock => false;
}

internal sealed record YamlScalar(string Value, ScalarStyle Style, int Start, int End, bool IsInFlow) : YamlNode(Start, End, IsInFlow)
{
    /// <summary>Nothing is written there.</summary>
    public bool IsEmpty => Start == End;

    public override bool IsBlock => Style is ScalarStyle.Literal or ScalarStyle.Folded;
}

/// <param name="Dashes">Where the dash of each item stands; empty within brackets.</param>
internal sealed record YamlList(IReadOnlyList<YamlNode> Items, IReadOnlyList<int> Dashes, bool IsFlow, int Start, int End, bool IsInFlow) : YamlNode(Start, End, IsInFlow)
{
    public override bool IsBlock => !IsFlow;
}

internal sealed record YamlMap(IReadOnlyList<YamlMember> Members, bool IsFlow, int Start, int End, bool IsInFlow) : YamlNode(Start, End, IsInFlow)
{
    public override bool IsBlock => !IsFlow;

    public int IndexOf(string name)
    {
        for (var i = 0; i < Members.Count; i++)
            if (Members[i].Key.Value == name) return i;
        return -1;
    }
}

/// <param name="Colon">Behind the colon that leads to the value.</param>
internal sealed record YamlMember(YamlScalar Key, int Colon, YamlNode Value);
