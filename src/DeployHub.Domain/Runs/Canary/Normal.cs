namespace DeployHub.Domain.Runs.Canary;

/// <summary>The standard normal distribution.</summary>
public static class Normal
{
    private const double SeriesEnds = 3; // below it the series needs few terms, above it the fraction does
    private const int Terms = 60;

    /// <summary>The probability of being at least z away from the mean, on either side; z is not negative. Exact to about 14 digits.</summary>
    public static double TwoSidedTail(double z)
    {
        var x = z / Math.Sqrt(2);
        return x < SeriesEnds ? 1 - Series(x) : Fraction(x);
    }

    /// <summary>erf x = 2/√π · e^(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)); every term is positive, so nothing cancels.</summary>
    private static double Series(double x)
    {
        double term = x, sum = x;
        for (var n = 1; n <= Terms; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>erfc x = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))), from the inside out.</summary>
    private static double Fraction(double x)
    {
        var inner = x;
        for (var n = Terms; n >= 1; n--) inner = x + (n / 2.0 / inner);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / inner;
    }
}
