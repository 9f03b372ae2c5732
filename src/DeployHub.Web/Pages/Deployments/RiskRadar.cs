using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Deployments.Risks;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>The factors of a risk as a radar: one axis each, from nothing in the middle to the most points at the rim. The table beneath says the same.</summary>
public sealed class RiskRadar(Risk risk)
{
    public const int Width = 360;
    public const int Height = 240;

    private const double Radius = 84;

    /// <summary>So far from the middle stand the names.</summary>
    private const double Beyond = Radius + 12;

    /// <param name="X2">Where the axis ends.</param>
    /// <param name="TextX">Where its name stands.</param>
    /// <param name="Anchor">On which side of it.</param>
    public sealed record Axis(string Name, int Points, string X2, string Y2, string DotX, string DotY, string TextX, string TextY, string Anchor);

    public IReadOnlyList<Axis> Axes { get; } = [.. risk.Factors.Select((factor, index) => AxisOf(factor, index, risk.Factors.Count))];

    /// <summary>One line for every point that a factor may have.</summary>
    public IReadOnlyList<string> Rings { get; } = [.. Enumerable.Range(1, RiskFactor.Most).Select(points => Polygon([.. risk.Factors.Select(_ => points)]))];

    public string Area { get; } = Polygon([.. risk.Factors.Select(factor => factor.Points)]);

    public string InWords { get; } = $"Risk by factor, of {RiskFactor.Most} points each: {Words.List(risk.Factors.Select(factor => $"{Words.Of(factor.Kind)} {factor.Points}"))}.";

    private static Axis AxisOf(RiskFactor factor, int index, int count)
    {
        var ((rimX, rimY), (dotX, dotY), (textX, textY)) = (At(index, count, Radius), At(index, count, Radius * factor.Points / RiskFactor.Most), At(index, count, Beyond));
        var anchor = Math.Abs(textX - Width / 2d) < 8 ? "middle" : textX > Width / 2d ? "start" : "end";
        return new Axis(Words.Title(factor.Kind), factor.Points, Number(rimX), Number(rimY), Number(dotX), Number(dotY), Number(textX), Number(textY + 4), anchor);
    }

    private static string Polygon(IReadOnlyList<int> points) =>
        string.Join(' ', points.Select((each, index) => At(index, points.Count, Radius * each / RiskFactor.Most)).Select(at => $"{Number(at.X)},{Number(at.Y)}"));

    /// <summary>The first axis points up; the others follow clockwise.</summary>
    private static (double X, double Y) At(int index, int count, double distance)
    {
        var angle = (2 * Math.PI * index / count) - (Math.PI / 2);
        return ((Width / 2d) + (distance * Math.Cos(angle)), (Height / 2d) + (distance * Math.Sin(angle)));
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
