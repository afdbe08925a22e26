using System.Globalization;
using System.Text.Json;

namespace Resolver.Peers.Contestants;

/// <summary>A peer that Python can import: a script of <c>benchmarks/peers</c>. Its time is from ordinals in memory
/// to an answer.</summary>
/// <param name="probe">A Python expression that is its version.</param>
internal sealed class PythonPeer(string name, string script, string probe, int repeat)
    : Contestant(name, "its own objects, encoding and search; no proof that the answer is the best")
{
    // Debian's packages are for Debian's Python, whatever comes first on PATH.
    public static string Python { get; } = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    public override string? Version => Command.VersionOf(Python, "-c", probe);

    public override Measurement Solve(GivenProblem problem, TimeSpan limit)
    {
        if (
            Command.Run(limit, Python, script, problem.Ordinals, repeat.ToString(CultureInfo.InvariantCulture))
            is not { } run
        )
            return Measurement.Late(limit);
        if (run.ExitCode != 0)
            return Measurement.Failed(run.Error.Trim().Split('\n')[^1] is { Length: > 0 } reason ? reason : "failed");
        var answer = JsonDocument.Parse(run.Output).RootElement;
        return new Measurement(
            answer.GetProperty("satisfiable").GetBoolean(),
            answer.GetProperty("median").GetDouble(),
            answer.GetProperty("quarter").GetDouble(),
            answer.GetProperty("three_quarters").GetDouble(),
            answer.GetProperty("samples").GetInt32(),
            null
        );
    }
}
