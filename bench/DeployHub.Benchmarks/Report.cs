using System.Text.Json;

namespace DeployHub.Benchmarks;

/// <summary>What was measured, on the console and in <c>bench/results</c>; ratios are what counts, for machines differ.</summary>
internal sealed class Report(string name, string question)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Dictionary<string, object> _figures = new() { ["question"] = question };

    public Report Add(string figure, double value)
    {
        _figures[figure] = Math.Round(value, 2);
        return this;
    }

    public Report Goal(string goal, bool isMet)
    {
        _figures[$"goal: {goal}"] = isMet ? "met" : "missed";
        return this;
    }

    public async Task WriteAsync()
    {
        Console.WriteLine($"\n{name}");
        foreach (var (figure, value) in _figures) Console.WriteLine($"  {figure}: {value}");
        var results = Path.Combine(Repository(), "bench", "results");
        Directory.CreateDirectory(results);
        await File.WriteAllTextAsync(Path.Combine(results, $"{name}.json"), JsonSerializer.Serialize(_figures, Json) + "\n");
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count is 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    public static string Repository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "DeployHub.sln"))) directory = directory.Parent;
        return directory?.FullName ?? System.Environment.CurrentDirectory;
    }
}
