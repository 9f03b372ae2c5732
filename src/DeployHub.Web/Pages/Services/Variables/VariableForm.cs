using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.Web.Pages.Shared;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DeployHub.Web.Pages.Services.Variables;

/// <summary>What people type about a variable: its values as rows, of which empty ones are left out.</summary>
public sealed class VariableForm
{
    private const int FreeRows = 2;

    public string? Name { get; set; }

    public string? Description { get; set; }

    public List<Row> Values { get; set; } = [];

    public uint? Seen { get; set; }

    public static VariableForm Of(ListVariables.Row variable) => new()
    {
        Name = variable.Name,
        Description = variable.Description,
        Values = [.. variable.Values.Select(Row.Of)],
        Seen = variable.RowVersion,
    };

    /// <summary>Null when labels cannot be read; the model state then says which.</summary>
    public SetVariable? ToSet(string service, string name, ModelStateDictionary state)
    {
        CloseUp(state);
        var values = Values.Select((row, index) => row.ToValue($"Input.Values[{index}].Labels", state)).ToList();
        return state.IsValid ? new SetVariable(service, name, values, Description, Seen) : null;
    }

    /// <summary>Some rows to type into, after those that hold something.</summary>
    public void AddFreeRows() => Values.AddRange(Enumerable.Range(0, FreeRows).Select(_ => new Row()));

    /// <summary>Moves typed rows together, so that a refusal's index is the row's.</summary>
    private void CloseUp(ModelStateDictionary state)
    {
        if (!Values.Exists(row => row.IsEmpty)) return;

        Values.RemoveAll(row => row.IsEmpty);
        foreach (var key in state.Keys.Where(key => key.StartsWith("Input.Values[", StringComparison.Ordinal)).ToList()) state.Remove(key);
    }

    public sealed class Row
    {
        public string? Value { get; set; }

        public string? Environment { get; set; }

        /// <summary>As <c>site=berlin, ring=1</c>.</summary>
        public string? Labels { get; set; }

        public string? Target { get; set; }

        public bool IsEmpty => new[] { Value, Environment, Labels, Target }.All(string.IsNullOrWhiteSpace);

        public static Row Of(ScopedValue value) => new()
        {
            Value = value.Value,
            Environment = value.Environment,
            Labels = string.Join(", ", (value.Labels ?? new Dictionary<string, string>()).Select(label => $"{label.Key}={label.Value}")),
            Target = value.Target,
        };

        public ScopedValue ToValue(string labelsField, ModelStateDictionary state)
        {
            var labels = NameValueLines.Parse(Labels?.Replace(',', '\n'), out var problem);
            if (problem is not null) state.AddModelError(labelsField, problem);
            return new ScopedValue(Value ?? "", Environment.OrNull(), labels is { Count: > 0 } ? labels : null, Target.OrNull());
        }
    }
}
