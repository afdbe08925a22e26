using Resolver.Peers.Contestants;

namespace Resolver.Peers.Reporting;

/// <summary>All measurements: universes down, contestants across.</summary>
internal sealed record Comparison(
    IReadOnlyList<Contestant> Contestants,
    IReadOnlyList<GivenProblem> Problems,
    IReadOnlyDictionary<(string Problem, string Contestant), Measurement> Measurements
)
{
    public Measurement this[GivenProblem problem, Contestant contestant] =>
        Measurements[(problem.Name, contestant.Name)];

    /// <summary>How many times as long a contestant takes as we do, where both have an answer.</summary>
    public IEnumerable<double> Ratios(Contestant contestant) =>
        from problem in Problems
        let ours = this[problem, Contestants[0]]
        let theirs = this[problem, contestant]
        where ours.Trouble is null && theirs.Trouble is null
        select theirs.Median / ours.Median;

    public static double GeometricMean(IEnumerable<double> values) =>
        values.Select(value => Math.Log(value)).DefaultIfEmpty(double.NaN).Average() is var mean
            ? Math.Exp(mean)
            : double.NaN;
}
