using Resolver.Peers.Contestants;

namespace Resolver.Peers;

/// <summary>From files on disk to a plan, by our program and by pip, whole processes on the same wheels.</summary>
internal static class WholeProcess
{
    private const int Rounds = 7;

    /// <param name="First">Our first run: nothing is known of the files yet.</param>
    /// <param name="Ours">Later ones.</param>
    internal sealed record Row(GivenProblem Problem, int Wheels, double First, Measurement Ours, Measurement Pip);

    public static Row? Measure(GivenProblem problem, string folder, string resolver, Measurement pip, TimeSpan limit)
    {
        var (archive, roots) = problem.Wheels.Value;
        var cache = Path.Combine(folder, problem.Name + "-cache");
        string[] arguments = ["plan", .. roots, "-f", archive, "--no-installed", "--quiet", "--cache-dir", cache];
        var samples = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            if (Command.Run(limit, resolver, arguments) is not { } run || run.ExitCode is not (0 or 1))
                return null;
            if (problem.Satisfiable != (run.ExitCode == 0))
                throw new InvalidOperationException(
                    $"resolver plan says {(run.ExitCode == 0 ? "satisfiable" : "unsatisfiable")} of {problem.Name}"
                );
            samples.Add(run.Milliseconds);
        }

        return new Row(
            problem,
            Directory.EnumerateFiles(archive, "*.whl", SearchOption.AllDirectories).Count(),
            samples[0],
            Measurement.Of(problem.Satisfiable, samples.Skip(1)),
            pip
        );
    }
}
