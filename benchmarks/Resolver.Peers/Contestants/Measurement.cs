namespace Resolver.Peers.Contestants;

/// <summary>How a contestant did on one universe.</summary>
/// <param name="Satisfiable">Its verdict; null where it has none.</param>
/// <param name="Median">Milliseconds; half of all samples lie between the quarters.</param>
/// <param name="Trouble">Why there is no verdict, in a word or two; null where there is one.</param>
internal sealed record Measurement(
    bool? Satisfiable,
    double Median,
    double Quarter,
    double ThreeQuarters,
    int Samples,
    string? Trouble
)
{
    /// <summary>No answer within a limit.</summary>
    public static Measurement Late(TimeSpan limit) => Failed($"> {limit.TotalSeconds:0} s");

    public static Measurement Failed(string trouble) => new(null, double.NaN, double.NaN, double.NaN, 0, trouble);

    /// <summary>From all samples.</summary>
    public static Measurement Of(bool satisfiable, IEnumerable<double> milliseconds)
    {
        var samples = milliseconds.Order().ToList();
        return new Measurement(satisfiable, At(.5), At(.25), At(.75), samples.Count, null);

        double At(double part) => samples[Math.Min(samples.Count - 1, (int)(part * samples.Count))];
    }
}
