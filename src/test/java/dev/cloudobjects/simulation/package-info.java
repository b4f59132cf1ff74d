/** The server and the SDK together in schedules of chance, compared with a model: see {@link dev.cloudobjects.simulation.SimulationTest}. */
@NullMarked
package dev.cloudobjects.simulation;

import org.jspecify.annotations.NullMarked;
