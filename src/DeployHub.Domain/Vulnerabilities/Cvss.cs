using System.Collections.Frozen;

namespace DeployHub.Domain.Vulnerabilities;

/// <summary>The base score of a CVSS vector: how bad a vulnerability is wherever it is. Threat and environment are not counted, which never makes a score lower than it is.</summary>
public static class Cvss
{
    /// <summary>0.0 to 10.0 for CVSS 3.0, 3.1 and 4.0; null for anything else.</summary>
    public static decimal? Score(string vector)
    {
        var parts = vector.Split('/');
        if (parts[0] is not ("CVSS:3.0" or "CVSS:3.1" or "CVSS:4.0")) return null;

        var metrics = new Dictionary<string, char>();
        foreach (var part in parts.Skip(1))
            if (part.Split(':') is not [{ Length: > 0 } name, { Length: 1 } value] || !metrics.TryAdd(name, value[0])) return null;
        return parts[0] == "CVSS:4.0" ? Cvss4.Base(metrics) : Cvss3.Base(metrics);
    }
}

internal static class Cvss3
{
    private static readonly FrozenDictionary<string, double> Weights = new Dictionary<string, double>
    {
        ["AV:N"] = 0.85,
        ["AV:A"] = 0.62,
        ["AV:L"] = 0.55,
        ["AV:P"] = 0.2,
        ["AC:L"] = 0.77,
        ["AC:H"] = 0.44,
        ["UI:N"] = 0.85,
        ["UI:R"] = 0.62,
        ["PR:N/U"] = 0.85,
        ["PR:L/U"] = 0.62,
        ["PR:H/U"] = 0.27,
        ["PR:N/C"] = 0.85,
        ["PR:L/C"] = 0.68,
        ["PR:H/C"] = 0.5,
        ["C:H"] = 0.56,
        ["C:L"] = 0.22,
        ["C:N"] = 0,
        ["I:H"] = 0.56,
        ["I:L"] = 0.22,
        ["I:N"] = 0,
        ["A:H"] = 0.56,
        ["A:L"] = 0.22,
        ["A:N"] = 0,
    }.ToFrozenDictionary();

    public static decimal? Base(Dictionary<string, char> metrics)
    {
        if (metrics.GetValueOrDefault("S") is not ('U' or 'C') || Needed.Any(metric => Weight(metrics, metric) is null)) return null;

        double Of(string metric) => Weight(metrics, metric)!.Value;
        var isChanged = metrics["S"] == 'C';
        var iss = 1 - ((1 - Of("C")) * (1 - Of("I")) * (1 - Of("A")));
        var impact = isChanged ? (7.52 * (iss - 0.029)) - (3.25 * Math.Pow(iss - 0.02, 15)) : 6.42 * iss;
        var exploitability = 8.22 * Of("AV") * Of("AC") * Of("PR") * Of("UI");
        return impact <= 0 ? 0 : RoundUp(Math.Min((isChanged ? 1.08 : 1) * (impact + exploitability), 10));
    }

    private static readonly string[] Needed = ["AV", "AC", "PR", "UI", "C", "I", "A"];

    private static double? Weight(Dictionary<string, char> metrics, string metric) =>
        metrics.TryGetValue(metric, out var value) && Weights.TryGetValue(metric == "PR" ? $"PR:{value}/{metrics["S"]}" : $"{metric}:{value}", out var weight) ? weight : null;

    /// <summary>To one decimal upwards, as the standard does it so that every machine comes to the same.</summary>
    private static decimal RoundUp(double score)
    {
        var whole = (int)Math.Round(score * 100_000);
        return whole % 10_000 == 0 ? whole / 100_000m : ((whole / 10_000) + 1) / 10m;
    }
}

/// <summary>
/// A vector belongs to one of the groups whose scores experts have agreed on, and loses as much as it is away from the worst of its group. With base
/// metrics alone exploit maturity is at its worst (EQ5 is 0) and nothing concerns safety (EQ4 is 1 or 2).
/// </summary>
internal static class Cvss4
{
    private static readonly string[] Order = ["AV:NALP", "PR:NLH", "UI:NPA", "AC:LH", "AT:NP", "VC:HLN", "VI:HLN", "VA:HLN", "SC:HLN", "SI:HLN", "SA:HLN"];

    /// <summary>By EQ1, EQ2, EQ3 with EQ6: the scores for EQ4 1 and 2, of FIRST's table.</summary>
    private static readonly FrozenDictionary<string, (decimal, decimal)> Scores = new Dictionary<string, (decimal, decimal)>
    {
        ["0000"] = (10.0m, 9.3m),
        ["0001"] = (9.6m, 9.0m),
        ["0010"] = (9.3m, 8.8m),
        ["0011"] = (9.2m, 8.0m),
        ["0021"] = (7.9m, 6.9m),
        ["0100"] = (9.5m, 9.2m),
        ["0101"] = (9.1m, 8.1m),
        ["0110"] = (9.2m, 8.4m),
        ["0111"] = (8.2m, 7.0m),
        ["0121"] = (7.1m, 6.3m),
        ["1000"] = (9.4m, 8.7m),
        ["1001"] = (8.9m, 7.5m),
        ["1010"] = (8.6m, 7.2m),
        ["1011"] = (7.6m, 5.7m),
        ["1021"] = (6.5m, 5.3m),
        ["1100"] = (9.0m, 7.7m),
        ["1101"] = (7.7m, 6.6m),
        ["1110"] = (7.4m, 6.1m),
        ["1111"] = (5.9m, 5.2m),
        ["1121"] = (5.8m, 2.3m),
        ["2000"] = (8.6m, 7.0m),
        ["2001"] = (7.4m, 5.4m),
        ["2010"] = (7.2m, 5.3m),
        ["2011"] = (5.7m, 3.6m),
        ["2021"] = (4.7m, 2.4m),
        ["2100"] = (7.3m, 5.4m),
        ["2101"] = (5.5m, 4.3m),
        ["2110"] = (6.1m, 4.6m),
        ["2111"] = (5.1m, 1.8m),
        ["2121"] = (2.4m, 1.0m),
    }.ToFrozenDictionary();

    private static readonly string[][] WorstEq1 = [["NNN"], ["ANN", "NLN", "NNP"], ["PNN", "ALP"]];
    private static readonly string[][] WorstEq2 = [["LN"], ["HN", "LP"]];
    private static readonly string[][] WorstEq3 = [["HHH"], ["LHH", "HLH"], ["LLL"]];
    private static readonly string[][] WorstEq4 = [[], ["HHH"], ["LLL"]];

    public static decimal? Base(Dictionary<string, char> metrics)
    {
        if (Order.Any(metric => !metrics.TryGetValue(metric[..2], out var value) || !metric[3..].Contains(value, StringComparison.Ordinal))) return null;

        string Of(params string[] names) => string.Concat(names.Select(name => metrics[name]));
        var (reach, complexity, impact, beyond) = (Of("AV", "PR", "UI"), Of("AC", "AT"), Of("VC", "VI", "VA"), Of("SC", "SI", "SA"));
        if (impact == "NNN" && beyond == "NNN") return 0;

        var eq1 = reach == "NNN" ? 0 : reach.Contains('N', StringComparison.Ordinal) && reach[0] != 'P' ? 1 : 2;
        var eq2 = complexity == "LN" ? 0 : 1;
        var eq3 = impact.StartsWith("HH", StringComparison.Ordinal) ? 0 : impact.Contains('H', StringComparison.Ordinal) ? 1 : 2;
        var eq4 = beyond.Contains('H', StringComparison.Ordinal) ? 1 : 2;

        var score = Listed(eq1, eq2, eq3, eq3 / 2, eq4)!.Value;
        (decimal? Lower, decimal Share)[] ways =
        [
            (Listed(eq1 + 1, eq2, eq3, eq3 / 2, eq4), Away(WorstEq1[eq1], reach, 0) / (eq1 switch { 0 => 1m, 1 => 4m, _ => 5m })),
            (Listed(eq1, eq2 + 1, eq3, eq3 / 2, eq4), Away(WorstEq2[eq2], complexity, 3) / (eq2 switch { 0 => 1m, _ => 2m })),
            (LowerImpact(eq1, eq2, eq3, eq4), Away(WorstEq3[eq3], impact, 5) / (eq3 switch { 0 => 7m, 1 => 8m, _ => 10m })),
            (Listed(eq1, eq2, eq3, eq3 / 2, eq4 + 1), Away(WorstEq4[eq4], beyond, 8) / (eq4 switch { 1 => 5m, _ => 4m })),
        ];
        var there = ways.Where(way => way.Lower is not null).ToList();
        var lost = there.Sum(way => (score - way.Lower!.Value) * way.Share) / (there.Count + 1); // a lower exploit maturity is always there, and none away
        return Math.Clamp(Math.Round(score - lost, 1, MidpointRounding.AwayFromZero), 0, 10);
    }

    private static decimal? Listed(int eq1, int eq2, int eq3, int eq6, int eq4) =>
        Scores.TryGetValue($"{eq1}{eq2}{eq3}{eq6}", out var scores) ? eq4 switch { 1 => scores.Item1, 2 => scores.Item2, _ => null } : null;

    private static decimal? LowerImpact(int eq1, int eq2, int eq3, int eq4) => eq3 switch
    {
        0 => Math.Max(Listed(eq1, eq2, 0, 1, eq4)!.Value, Listed(eq1, eq2, 1, 0, eq4)!.Value),
        1 => Listed(eq1, eq2, 1, 1, eq4),
        _ => null,
    };

    /// <summary>Steps from the first of the worst vectors that is at least as bad in every metric.</summary>
    private static int Away(string[] worst, string values, int first)
    {
        foreach (var vector in worst)
        {
            var steps = Enumerable.Range(0, values.Length).Select(i => Order[first + i].IndexOf(values[i], 3) - Order[first + i].IndexOf(vector[i], 3)).ToList();
            if (steps.TrueForAll(step => step >= 0)) return steps.Sum();
        }

        return 0;
    }
}
