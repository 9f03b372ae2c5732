using System.Collections.Concurrent;
using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Models;
using NCalc;
using NCalc.Helpers;

namespace DeployHub.Features.Models;

/// <summary>
/// Conditions read and judged by NCalc, which knows no types of the host and calls nothing but what it is given. Only a part of its language
/// is let through, and what a name stands for is decided by where it stands; see <see cref="ConditionTyping"/>.
/// </summary>
public sealed class NCalcConditions : IConditions
{
    public static readonly NCalcConditions Instance = new();

    private const int MostKept = 1000;

    private static readonly LogicalExpressionParserOptions Parsing = new() { FloatingPointNumberType = FloatingPointNumberType.Decimal };
    private static readonly ExpressionConfiguration Configuration = new()
    {
        CacheEnabled = false,
        Evaluation = new ExpressionEvaluationOptions { StrictTypeMatching = true, StringComparer = StringComparer.Ordinal, Math = new MathOptions { FloatingPointNumberType = FloatingPointNumberType.Decimal } },
    };

    private readonly ConcurrentDictionary<string, LogicalExpression> _read = [];

    private NCalcConditions() { }

    public string? Objection(string condition) => Read(condition).Error?.Message;

    public Result<bool> Judge(string condition, IReadOnlyDictionary<string, string> values)
    {
        var read = Read(condition);
        if (read.Error is { } unreadable) return unreadable;

        try
        {
            var expression = new Expression(read.Value, Configuration, new ExpressionContext(), CultureInfo.InvariantCulture, null!);
            expression.EvaluateParameter += (name, asked) => asked.Result = ConditionTyping.ValueOf(name, values);
            foreach (var (name, function) in ConditionTyping.Functions)
                expression.Functions[name] = given => function((string)given.Evaluate(0)!, (string)given.Evaluate(1)!);
            return expression.Evaluate() is bool verdict ? verdict : CannotTell("it is neither true nor false.");
        }
        catch (Exception exception) // whatever the library makes of it: a step fails, and not the driver
        {
            return CannotTell((exception as CannotTellException ?? exception.InnerException as CannotTellException ?? exception).Message);
        }
    }

    /// <summary>The same few conditions are judged on every target.</summary>
    private Result<LogicalExpression> Read(string condition)
    {
        if (_read.TryGetValue(condition, out var known)) return known;

        var read = Parse(condition);
        if (read.Error is null && _read.Count < MostKept) _read[condition] = read.Value;
        return read;
    }

    private static Result<LogicalExpression> Parse(string condition)
    {
        var text = ConditionText.ForNCalc(condition);
        if (text.Error is { } objection) return objection;

        try
        {
            return ConditionTyping.Of(LogicalExpressionParser.Parse(text.Value, Parsing, CultureInfo.InvariantCulture), [.. Template.NamesIn(condition)]);
        }
        catch (Exception exception) // the parser throws of several kinds at what is no expression
        {
            return new Error(ErrorKind.Invalid, "condition.unreadable", $"this is no condition: {(exception.InnerException ?? exception).Message.TrimEnd('.')}. Write for example ${{parameter.migrate}} && ${{step.plan.changes}} > 0.");
        }
    }

    private static Error CannotTell(string sentence) => new(ErrorKind.Conflict, "condition.cannot-tell", sentence);
}
