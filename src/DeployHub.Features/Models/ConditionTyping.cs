using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Models;
using NCalc;

namespace DeployHub.Features.Models;

/// <summary>A value is missing, or of no use where it stands.</summary>
internal sealed class CannotTellException(string sentence) : Exception(sentence);

/// <summary>
/// Lets through what a condition may say – and, or, not, comparisons, arithmetic, <c>in</c> and three functions on text – and decides what
/// each name stands for: beside a number or in arithmetic a number, where true or false is needed that, else text.
/// </summary>
internal static class ConditionTyping
{
    private const int MostParts = 100;

    private enum Kind
    {
        Truth,
        Number,
        Text,
    }

    public static readonly IReadOnlyDictionary<string, Func<string, string, bool>> Functions = new Dictionary<string, Func<string, string, bool>>
    {
        ["contains"] = (text, part) => text.Contains(part, StringComparison.Ordinal),
        ["startsWith"] = (text, part) => text.StartsWith(part, StringComparison.Ordinal),
        ["endsWith"] = (text, part) => text.EndsWith(part, StringComparison.Ordinal),
    };

    /// <summary>The same expression with the kind before each name, or what is wrong with it.</summary>
    /// <param name="names">What is written <c>${…}</c> in it.</param>
    public static Result<LogicalExpression> Of(LogicalExpression expression, IReadOnlyList<string> names)
    {
        try
        {
            return new Typing(names).As(Kind.Truth, expression);
        }
        catch (CannotTellException wrong)
        {
            return new Error(ErrorKind.Invalid, "condition.unreadable", wrong.Message);
        }
    }

    /// <param name="name">With its kind before it.</param>
    public static object ValueOf(string name, IReadOnlyDictionary<string, string> values)
    {
        var (kind, plain) = name.Split(':', 2) is [var first, var rest] ? (Enum.Parse<Kind>(first), rest) : (Kind.Text, name);
        if (!values.TryGetValue(plain, out var value)) throw new CannotTellException(StepOutputs.IsOutput(plain) ? StepOutputs.Missing(plain).Message : $"Nothing gives a value to ${{{plain}}}.");

        return kind switch
        {
            Kind.Truth => value switch { "true" => true, "false" => false, _ => throw new CannotTellException($"${{{plain}}} is “{Shortened(value)}”, which is neither true nor false.") },
            Kind.Number => decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? number : throw new CannotTellException($"${{{plain}}} is “{Shortened(value)}”, which is no number."),
            _ => value,
        };
    }

    private static string Shortened(string value) => Words.Beginning(value, 100);

    private sealed class Typing(IReadOnlyList<string> names)
    {
        private int _parts;

        public LogicalExpression As(Kind wanted, LogicalExpression? part)
        {
            if (++_parts > MostParts) throw new CannotTellException($"it has more than {MostParts} parts.");
            if (part is Identifier name) return new Identifier(names.Contains(name.Name) ? $"{wanted}:{name.Name}" : throw new CannotTellException($"“{name.Name}” is no name: names are written ${{parameter.name}}, texts 'in quotes'."));

            var (kind, typed) = Typed(part);
            return kind == wanted ? typed : throw new CannotTellException($"{InWords(kind)} stands where {InWords(wanted)} is needed.");
        }

        private (Kind, LogicalExpression) Typed(LogicalExpression? part) => part switch
        {
            ValueExpression { Value: bool } truth => (Kind.Truth, truth),
            ValueExpression { Value: string } text => (Kind.Text, text),
            ValueExpression { Value: int or long or double or decimal } number => (Kind.Number, new ValueExpression(Exactly(number.Value))),
            UnaryExpression { Type: UnaryExpressionType.Not } not => (Kind.Truth, new UnaryExpression(not.Type, As(Kind.Truth, not.Expression))),
            UnaryExpression { Type: UnaryExpressionType.Negate or UnaryExpressionType.Positive } sign => (Kind.Number, new UnaryExpression(sign.Type, As(Kind.Number, sign.Expression))),
            BinaryExpression { Type: BinaryExpressionType.And or BinaryExpressionType.Or } both => (Kind.Truth, Both(both, Kind.Truth)),
            BinaryExpression { Type: BinaryExpressionType.Equal or BinaryExpressionType.NotEqual } same => (Kind.Truth, Both(same, Shared(same, Kind.Text))),
            BinaryExpression { Type: BinaryExpressionType.Lesser or BinaryExpressionType.LesserOrEqual or BinaryExpressionType.Greater or BinaryExpressionType.GreaterOrEqual } order => (Kind.Truth, Both(order, Kind.Number)),
            BinaryExpression { Type: BinaryExpressionType.Plus or BinaryExpressionType.Minus or BinaryExpressionType.Times or BinaryExpressionType.Div or BinaryExpressionType.Modulo } sum => (Kind.Number, Both(sum, Kind.Number)),
            BinaryExpression { Type: BinaryExpressionType.In or BinaryExpressionType.NotIn } among => (Kind.Truth, Among(among)),
            Function call => (Kind.Truth, Called(call)),
            _ => throw new CannotTellException("it uses something that conditions do not know. They know && || ! == != < <= > >= + - * / %, in ('a', 'b'), contains, startsWith and endsWith."),
        };

        private static decimal Exactly(object number)
        {
            try
            {
                return Convert.ToDecimal(number, CultureInfo.InvariantCulture);
            }
            catch (OverflowException)
            {
                throw new CannotTellException("it has a number with too many digits.");
            }
        }

        private BinaryExpression Both(BinaryExpression parts, Kind kind) => new(parts.Type, As(kind, parts.LeftExpression), As(kind, parts.RightExpression));

        /// <summary>What either side is by itself; two names are compared as text.</summary>
        private static Kind Shared(BinaryExpression parts, Kind otherwise) => Own(parts.LeftExpression) ?? Own(parts.RightExpression) ?? otherwise;

        private static Kind? Own(LogicalExpression? part) => part switch
        {
            Identifier => null,
            ValueExpression { Value: string } => Kind.Text,
            ValueExpression { Value: bool } or Function or UnaryExpression { Type: UnaryExpressionType.Not } => Kind.Truth,
            BinaryExpression { Type: BinaryExpressionType.Plus or BinaryExpressionType.Minus or BinaryExpressionType.Times or BinaryExpressionType.Div or BinaryExpressionType.Modulo } => Kind.Number,
            BinaryExpression => Kind.Truth,
            _ => Kind.Number,
        };

        private BinaryExpression Among(BinaryExpression among)
        {
            LogicalExpression[] choices = among.RightExpression switch
            {
                LogicalExpressionList several => [.. several],
                ValueExpression one => [one],
                _ => throw new CannotTellException("behind “in” stands a list of values, such as ('blue', 'green')."),
            };
            var kind = choices.Length > 0 ? Own(choices[0]) ?? Kind.Text : Kind.Text;
            return new BinaryExpression(among.Type, As(kind, among.LeftExpression), new LogicalExpressionList([.. choices.Select(choice => As(kind, choice))]));
        }

        private Function Called(Function call)
        {
            if (!Functions.ContainsKey(call.Identifier.Name)) throw new CannotTellException($"“{call.Identifier.Name}” is no function that conditions know; they know {Words.List(Functions.Keys)}.");
            if (call.Parameters.Count != 2) throw new CannotTellException($"{call.Identifier.Name} takes two texts, such as {call.Identifier.Name}(${{version.label}}, 'rc').");

            return new Function(call.Identifier, new LogicalExpressionList([As(Kind.Text, call.Parameters[0]), As(Kind.Text, call.Parameters[1])]));
        }

        private static string InWords(Kind kind) => kind switch
        {
            Kind.Truth => "something true or false",
            Kind.Number => "a number",
            _ => "a text",
        };
    }
}
