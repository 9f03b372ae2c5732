using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DeployHub.Features.Models.Notation.Editing;

/// <summary>What an edit does; each as JSON Patch (RFC 6902) has it, and under its name there.</summary>
public enum EditOperation
{
    /// <summary>Goes on only if the value stands there.</summary>
    [JsonStringEnumMemberName("test")]
    Test,

    /// <summary>Writes a member, in place of the one that is there, or inserts an item into a list.</summary>
    [JsonStringEnumMemberName("add")]
    Add,

    [JsonStringEnumMemberName("remove")]
    Remove,

    /// <summary>Writes another value where one is.</summary>
    [JsonStringEnumMemberName("replace")]
    Replace,

    /// <summary>Takes an item to another place, or gives a member another name.</summary>
    [JsonStringEnumMemberName("move")]
    Move,
}

/// <summary>One change of a model document at a place in it, as in JSON Patch (RFC 6902), and with its words.</summary>
/// <param name="Op"><c>test</c>, <c>add</c>, <c>remove</c>, <c>replace</c> or <c>move</c>.</param>
/// <param name="Path">A JSON Pointer, such as <c>/stages/execute/steps/1/timeout</c>; <c>-</c> behind a list is its end.</param>
/// <param name="Value">For <c>test</c>, <c>add</c> and <c>replace</c>. A number and a text of the same characters are the same value, as everywhere in the notation.</param>
/// <param name="From">For <c>move</c>: where it is now.</param>
public sealed record DocumentEdit(EditOperation Op, string Path, JsonNode? Value = null, string? From = null);
